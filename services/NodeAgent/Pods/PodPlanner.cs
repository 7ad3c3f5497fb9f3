using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Decides what to do about a pod: a pure function of what was observed. A pod that is going is stopped, then removed, then confirmed. A pod
/// that is over keeps its containers (for their logs) but nothing that costs. Any other pod gets, in this order, volumes and a sandbox, its
/// init containers one by one, and all of its containers; each that has ended is started again as its restart policy says.
/// </summary>
internal static class PodPlanner
{
    public static PodPlan Plan(PodObservation o)
    {
        if (o.Terminating)
            return PodEnding.PlanTermination(o);
        if (o.Finished)
            return PodEnding.PlanFinished(o);
        if (Deadline(o) is { } deadline && deadline <= o.Now)
            return PodPlan.Of(new FailPodAction(new("DeadlineExceeded", "Pod was active on the node longer than the specified deadline")));
        var plan = PlanLife(o);
        return plan with { WakeAt = Earlier(plan.WakeAt, Deadline(o)) };
    }

    internal static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null ? right : right is null ? left : left < right ? left : right;

    private static DateTimeOffset? Deadline(PodObservation o) =>
        o.Spec.ActiveDeadlineSeconds is { } seconds && o.Pod.Status?.StartTime is { } start ? start + TimeSpan.FromSeconds(seconds) : null;

    private static PodPlan PlanLife(PodObservation o)
    {
        if (ContainerOrder.IsOver(o))
            return PodEnding.PlanOver(o);
        if (o.LiveSandbox is not { } sandbox)
            return PlanSandbox(o);
        if (!o.Memory.VolumesReady)
            return o.Memory.VolumesRetryAt > o.Now ? new([], o.Memory.VolumesRetryAt) : PodPlan.Of(new PrepareAction(true, null));
        if (PlanKills(o) is { } kills)
            return kills;
        if (PodEnding.Leftovers(o) is { } leftovers)
            return PodPlan.Of(leftovers);
        return PlanStarts(o, sandbox);
    }

    private static PodPlan PlanSandbox(PodObservation o)
    {
        var running = o.Runtime.Containers.Where(c => c.Phase == ContainerPhase.Running).ToList();
        if (running.Count > 0)
            return PodPlan.Of(new StopContainersAction([.. running.Select(c => new StopOrder(
                ContainerOrder.Find(o.Spec, c.Name), c, o.Grace, "Pod sandbox changed, it will be killed and re-created."))]));
        if (o.Runtime.Sandbox is { Ready: true } broken)
            return PodPlan.Of(new StopSandboxAction(broken));
        if (!o.NetworkReady && o.Spec.HostNetwork != true)
            return PodPlan.Nothing;
        if (o.Memory.SandboxRetryAt > o.Now)
            return new([], o.Memory.SandboxRetryAt);
        var volumes = !o.Memory.VolumesReady && o.Memory.VolumesRetryAt <= o.Now;
        return PodPlan.Of(new PrepareAction(volumes, o.Runtime.Sandbox is { } last ? last.Attempt + 1 : 0));
    }

    /// <summary>Containers that must not go on: their declaration has changed, a probe has given them up, or they were left behind unstarted.</summary>
    private static PodPlan? PlanKills(PodObservation o)
    {
        var orders = new List<StopOrder>();
        foreach (var state in o.Runtime.Containers.Where(c => c.Phase is ContainerPhase.Running or ContainerPhase.Unknown))
        {
            var spec = ContainerOrder.Find(o.Spec, state.Name);
            if (spec is null || state != o.Current(state.Name))
                orders.Add(new(spec, state, o.Grace, $"Stopping container {state.Name}"));
            else if (state.Hash.Length > 0 && state.Hash != ContainerHash.Of(spec))
                orders.Add(new(spec, state, o.Grace, $"Container {state.Name} definition changed, will be restarted"));
            else if (o.Memory.Of(state.Name).For(state.Id).Kill is { } kill)
                orders.Add(new(spec, state, kill.Grace ?? o.Grace, kill.Message));
            else if (state.Phase == ContainerPhase.Unknown)
                orders.Add(new(spec, state, TimeSpan.Zero, null));
        }

        return orders.Count > 0 ? PodPlan.Of(new StopContainersAction(orders)) : null;
    }

    private static PodPlan PlanStarts(PodObservation o, SandboxState sandbox)
    {
        var starts = new List<PodAction>();
        DateTimeOffset? wake = null;
        foreach (var container in ContainerOrder.Due(o))
        {
            var current = o.Current(container.Name!);
            var due = DueAt(o, container, current);
            if (due > o.Now)
                wake = Earlier(Earlier(wake, due), o.Memory.Of(container.Name!).Failure?.AgesAt);
            else
                starts.Add(new StartContainerAction(container, NextAttempt(o, container, current), sandbox, current));
        }

        return new(starts, wake);
    }

    /// <summary>When the container may be started: at once, or after its crash or start back-off.</summary>
    internal static DateTimeOffset DueAt(PodObservation o, Container container, RuntimeContainer? current)
    {
        var memory = o.Memory.Of(container.Name!);
        var due = DateTimeOffset.MinValue;
        if (current is { Phase: ContainerPhase.Exited })
            due = memory.Crash.Due(current.FinishedAt);
        return memory.Failure is { } failure && failure.RetryAt > due ? failure.RetryAt : due;
    }

    private static int NextAttempt(PodObservation o, Container container, RuntimeContainer? current)
    {
        if (current is not null)
            return current.Attempt + 1;
        // The runtime has lost the container (a reboot, a wiped state): go on counting from what the API server was told.
        var known = ContainerOrder.Statuses(o.Pod.Status).FirstOrDefault(s => s.Name == container.Name && !string.IsNullOrEmpty(s.ContainerID));
        return known is null ? 0 : (known.RestartCount ?? 0) + 1;
    }
}
