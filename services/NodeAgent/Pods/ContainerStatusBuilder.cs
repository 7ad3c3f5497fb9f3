using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>Computes the status of one container: what it does now, what it did before, how often it was restarted.</summary>
internal static class ContainerStatusBuilder
{
    private const int LostExitCode = 137;

    public static ContainerStatus Build(PodObservation o, Container container, ContainerStatus? before, bool init)
    {
        var current = o.Current(container.Name!);
        if (current is null)
            return WithoutContainer(o, container, before);
        var previous = o.Runtime.All(container.Name!).Skip(1).FirstOrDefault(c => c.Phase == ContainerPhase.Exited);
        var status = new ContainerStatus
        {
            Name = container.Name,
            Image = current.Image.Length > 0 ? current.Image : container.Image,
            ImageID = current.ImageRef,
            ContainerID = ContainerId(current),
            RestartCount = Math.Max(current.Attempt, before?.RestartCount ?? 0),
            LastState = previous is null ? before?.LastState ?? new() : new() { Terminated = Terminated(previous) },
            Resources = Resources(container),
        };
        var started = o.Started(container, current);
        return current.Phase switch
        {
            ContainerPhase.Running => status with
            {
                State = new() { Running = new() { StartedAt = current.StartedAt } },
                Started = started,
                Ready = init && !ContainerOrder.IsSidecar(container) ? false : o.Ready(container, current),
            },
            ContainerPhase.Exited => Exited(o, container, current, status, init),
            _ => status with
            {
                State = new() { Waiting = Waiting(o, container) },
                Started = false,
                Ready = false,
            },
        };
    }

    private static ContainerStatus Exited(PodObservation o, Container container, RuntimeContainer current, ContainerStatus status, bool init)
    {
        var terminated = Terminated(current);
        var done = init && !ContainerOrder.IsSidecar(container) && current.ExitCode == 0;
        status = status with { Started = false, Ready = done };
        var restarts = !done && !o.Terminating && !o.Finished && !ContainerOrder.IsOver(o) && ShouldRestart(o, container, current, init);
        var memory = o.Memory.Of(container.Name!);
        if (restarts && memory.Failure is { } failure)
            return status with { State = new() { Waiting = new() { Reason = failure.Reason, Message = failure.Message } }, LastState = new() { Terminated = terminated } };
        if (restarts && memory.Crash.Due(current.FinishedAt) > o.Now)
            return status with { State = new() { Waiting = BackOff(o, container, memory.Crash.Delay) }, LastState = new() { Terminated = terminated } };
        return status with { State = new() { Terminated = terminated } };
    }

    private static bool ShouldRestart(PodObservation o, Container container, RuntimeContainer current, bool init) =>
        init && !ContainerOrder.IsSidecar(container) ? current.ExitCode != 0 && o.Spec.RestartPolicy != "Never" : ContainerOrder.ShouldRun(o.Spec, container, current);

    private static ContainerStateWaiting BackOff(PodObservation o, Container container, TimeSpan delay) => new()
    {
        Reason = "CrashLoopBackOff",
        Message = $"back-off {RestartBackoff.Text(delay)} restarting failed container={container.Name} pod={PodIdentity.Of(o.Pod)}",
    };

    /// <summary>There never was a container, or the runtime has lost it.</summary>
    private static ContainerStatus WithoutContainer(PodObservation o, Container container, ContainerStatus? before)
    {
        if (before?.State?.Terminated is not null && (o.Terminating || o.Finished))
            return before with { Ready = before.Ready == true && before.State.Terminated.ExitCode == 0 };
        if (before?.State?.Running is not null && (o.Terminating || o.Finished))
            return before with
            {
                State = new()
                {
                    Terminated = new()
                    {
                        ExitCode = LostExitCode,
                        Reason = "ContainerStatusUnknown",
                        Message = "The container could not be located when the pod was terminated",
                        ContainerID = before.ContainerID,
                    },
                },
                Ready = false,
                Started = false,
            };
        return new()
        {
            Name = container.Name,
            Image = container.Image,
            ImageID = "",
            RestartCount = before?.RestartCount ?? 0,
            LastState = before?.State?.Terminated is { } ended ? new() { Terminated = ended } : before?.LastState ?? new(),
            State = new() { Waiting = Waiting(o, container) },
            Ready = false,
            Started = false,
        };
    }

    private static ContainerStateWaiting Waiting(PodObservation o, Container container)
    {
        if (o.Memory.Of(container.Name!).Failure is { } failure)
            return new() { Reason = failure.Reason, Message = failure.Message };
        return new() { Reason = (o.Spec.InitContainers?.Count ?? 0) > 0 ? "PodInitializing" : "ContainerCreating" };
    }

    internal static ContainerStateTerminated Terminated(RuntimeContainer state) => new()
    {
        ExitCode = state.ExitCode,
        Reason = state.Reason.Length > 0 ? state.Reason : state.ExitCode == 0 ? "Completed" : "Error",
        Message = state.Message.Length > 0 ? state.Message : null,
        StartedAt = state.StartedAt,
        FinishedAt = state.FinishedAt,
        ContainerID = ContainerId(state),
    };

    private static string ContainerId(RuntimeContainer state) => $"{state.Runtime}://{state.Id}";

    private static ResourceRequirements? Resources(Container container) =>
        container.Resources is { Limits: null, Requests: null } or null ? null : container.Resources with { Claims = null };
}
