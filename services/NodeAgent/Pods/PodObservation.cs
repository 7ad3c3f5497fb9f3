using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>Everything that the plan and the status of a pod are computed from.</summary>
internal sealed record PodObservation
{
    /// <summary>The pod, with the status last written for it.</summary>
    public required Pod Pod { get; init; }

    public required PodRuntimeState Runtime { get; init; }

    public PodMemory Memory { get; init; } = PodMemory.Empty;

    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the API server no longer has the pod.</summary>
    public bool Gone { get; init; }

    /// <summary>Whether pods can get an address; pods on the host's network do not need to wait for that.</summary>
    public bool NetworkReady { get; init; } = true;

    public PodSpec Spec => Pod.Spec!;

    public bool Terminating => Gone || Pod.Metadata.DeletionTimestamp is not null;

    /// <summary>Whether the pod has reached its end and nothing of it may run again.</summary>
    public bool Finished => Memory.Failure is not null || Pod.Status?.Phase is "Succeeded" or "Failed";

    /// <summary>The sandbox that containers can be started in; null where a new one is needed.</summary>
    public SandboxState? LiveSandbox =>
        Runtime.Sandbox is { Ready: true } sandbox && (Spec.HostNetwork == true || sandbox.Ips.Count > 0) ? sandbox : null;

    /// <summary>The newest container of that name; null where there was none.</summary>
    public RuntimeContainer? Current(string container) => Runtime.Newest(container);

    /// <summary>Whether the container has passed its startup probe, or has none.</summary>
    public bool Started(Container container, RuntimeContainer state) =>
        state.Phase == ContainerPhase.Running
        && (container.StartupProbe is null || Holds(Memory.Of(container.Name!).For(state.Id).Startup, Known(state)?.Started));

    /// <summary>Whether the container may get requests: running, started, and its readiness probe, if any, succeeds.</summary>
    public bool Ready(Container container, RuntimeContainer state) =>
        Started(container, state)
        && (container.ReadinessProbe is null || Holds(Memory.Of(container.Name!).For(state.Id).Ready, Known(state)?.Ready));

    /// <summary>Until a probe has found something, what was last written holds: an agent that was restarted takes no pod out of service.</summary>
    private static bool Holds(ProbeVerdict verdict, bool? written) => verdict == ProbeVerdict.Success || (verdict == ProbeVerdict.Unknown && written == true);

    private ContainerStatus? Known(RuntimeContainer state) => ContainerOrder.Statuses(Pod.Status)
        .FirstOrDefault(s => s.ContainerID?.EndsWith("://" + state.Id, StringComparison.Ordinal) == true);

    /// <summary>Grace period with which the pod's containers are stopped.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(Pod.Metadata.DeletionGracePeriodSeconds ?? GraceSeconds(Spec));

    /// <summary>Seconds that a pod's spec allows for stopping. A negative number stands for one second.</summary>
    public static long GraceSeconds(PodSpec spec) => spec.TerminationGracePeriodSeconds switch
    {
        null => DefaultGraceSeconds,
        < 0 => 1,
        { } seconds => seconds,
    };

    private const long DefaultGraceSeconds = 30;
}
