using System.Diagnostics;

namespace Platform.NodeAgent;

/// <summary>The node agent's spans: one per look at a pod, continuing the trace of what caused it, and one below it per call to the runtime.</summary>
internal static class NodeAgentTelemetry
{
    public const string SourceName = "Platform.NodeAgent";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? StartSync(Runtime.PodIdentity pod, ActivityContext cause)
    {
        var activity = Source.StartActivity("pod.sync", ActivityKind.Consumer, cause);
        activity?.SetTag("k8s.resource", "pods");
        activity?.SetTag("k8s.namespace", pod.Namespace);
        activity?.SetTag("k8s.name", pod.Name);
        activity?.SetTag("k8s.pod.uid", pod.Uid);
        return activity;
    }

    /// <summary>A span for a call to the runtime; none outside of a pod's sync, so that relisting makes no traces.</summary>
    public static Activity? StartRuntimeCall(string method) =>
        Activity.Current?.Source == Source ? Source.StartActivity("cri." + method, ActivityKind.Client) : null;

    /// <summary>Makes the cause current without a span of its own, for work that begins later.</summary>
    public static Activity? ContinueCause(ActivityContext cause)
    {
        if (Activity.Current is not null || cause == default)
            return null;
        var activity = new Activity("pod.cause").SetParentId(cause.TraceId, cause.SpanId, cause.TraceFlags);
        return activity.Start();
    }

    /// <summary>A span for writing a pod's status, below the step that changed it.</summary>
    public static Activity? StartStatusWrite(ActivityContext cause) => cause == default ? null : Source.StartActivity("pod.status", ActivityKind.Internal, cause);
}
