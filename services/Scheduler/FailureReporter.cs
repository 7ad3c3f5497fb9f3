using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Client;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler;

/// <summary>Tells why a pod has no node: in its condition PodScheduled, written only when it says something new, and in an event.</summary>
internal sealed class FailureReporter(IResourceClient<Pod> pods, IEventRecorder events, TimeProvider time)
{
    private const string Type = "PodScheduled";

    public async Task ReportAsync(PodInfo pod, string reason, string message, CancellationToken cancellationToken)
    {
        events.Warning(pod.Pod, "FailedScheduling", message);
        await SetConditionAsync(pod.Pod, reason, message, cancellationToken);
    }

    private async Task SetConditionAsync(Pod pod, string reason, string message, CancellationToken cancellationToken)
    {
        var before = pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == Type);
        if (before is { Status: "False" } && before.Reason == reason && before.Message == message)
            return;
        var condition = new PodCondition
        {
            Type = Type,
            Status = "False",
            Reason = reason,
            Message = message,
            LastTransitionTime = before is { Status: "False" } ? before.LastTransitionTime : time.GetUtcNow(),
        };
        // Conditions merge by type, so a strategic merge touches this one only.
        var patch = new Pod { Metadata = new() { Uid = pod.Metadata.Uid }, Status = new() { Conditions = [condition] } };
        await pods.PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name!, PatchType.StrategicMerge, ApiJson.Encode(patch), "status", cancellationToken);
    }
}
