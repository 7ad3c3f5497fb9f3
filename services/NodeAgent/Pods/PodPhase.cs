using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>The one-word summary of a pod. A phase that is final never changes again.</summary>
internal static class PodPhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";

    public static string Of(PodObservation o, List<ContainerStatus> init, List<ContainerStatus> regular)
    {
        if (o.Pod.Status?.Phase is Succeeded or Failed)
            return o.Pod.Status.Phase;
        var alive = o.Runtime.Containers.Any(c => c.Phase is ContainerPhase.Running or ContainerPhase.Unknown);
        if (o.Memory.Failure is not null)
            return alive ? o.Pod.Status?.Phase ?? Pending : Failed;
        if (ContainerOrder.InitFailed(o))
            return alive ? Pending : Failed;
        var ended = regular.All(s => Ended(s) is not null);
        if (o.Terminating && !alive && regular.Count > 0 && ended)
            return regular.All(s => Ended(s)!.ExitCode == 0) ? Succeeded : Failed;
        if (regular.Count > 0 && ContainerOrder.IsOver(o))
            return alive ? Running : regular.All(s => s.State?.Terminated?.ExitCode == 0) ? Succeeded : Failed;
        if (!ContainerOrder.Initialized(o) && !ended)
            return Pending;
        return regular.Any(s => s.State?.Waiting is not null && s.LastState?.Terminated is null) ? Pending : Running;
    }

    private static ContainerStateTerminated? Ended(ContainerStatus status) =>
        status.State?.Terminated ?? (status.State?.Waiting is not null ? status.LastState?.Terminated : null);
}
