using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>The last part of a pod's life: how it is stopped, what stays of a pod that is over, what is cleared away.</summary>
internal static class PodEnding
{
    /// <summary>Ended containers that are kept for each name, beside the newest: for <c>kubectl logs --previous</c> and the last state.</summary>
    private const int KeptContainers = 1;

    /// <summary>The pod is deleted: stop, remove, confirm.</summary>
    public static PodPlan PlanTermination(PodObservation o)
    {
        if (StopAll(o, o.Grace, stopping: true) is { } stop)
            return PodPlan.Of(stop);
        if (o.Runtime.Sandboxes.FirstOrDefault(s => s.Ready) is { } live)
            return PodPlan.Of(new StopSandboxAction(live));
        if (o.Runtime.Containers.Count > 0 || o.Runtime.Sandboxes.Count > 0)
            return PodPlan.Of(new RemoveAction(o.Runtime.Containers, o.Runtime.Sandboxes));
        return o.Memory.Reclaimed == Reclaimed.Everything ? PodPlan.Of(new ForgetAction()) : PodPlan.Of(new ReclaimAction());
    }

    /// <summary>The pod has failed or succeeded: nothing runs, its records stay until it is deleted.</summary>
    public static PodPlan PlanFinished(PodObservation o)
    {
        if (StopAll(o, o.Grace, stopping: true) is { } stop)
            return PodPlan.Of(stop);
        if (o.Runtime.Sandboxes.FirstOrDefault(s => s.Ready) is { } live)
            return PodPlan.Of(new StopSandboxAction(live));
        return o.Memory.Reclaimed != Reclaimed.Nothing ? PodPlan.Nothing : PodPlan.Of(new ReclaimAction());
    }

    /// <summary>All of the pod's own containers have ended for good: stop the sidecars, the last one first.</summary>
    public static PodPlan PlanOver(PodObservation o) =>
        StopAll(o, o.Grace, stopping: false) is { } stop ? PodPlan.Of(stop) : PodPlan.Nothing;

    /// <summary>Ended containers beyond those that are kept, and sandboxes that nothing refers to any more.</summary>
    public static RemoveAction? Leftovers(PodObservation o)
    {
        var containers = o.Runtime.Containers
            .Where(c => c.Phase is ContainerPhase.Exited or ContainerPhase.Created)
            .GroupBy(c => c.Name)
            .SelectMany(g => g.Where(c => c != o.Current(c.Name)).Skip(KeptContainers))
            .ToList();
        var kept = o.Runtime.Containers.Except(containers).Select(c => c.SandboxId).ToHashSet();
        var sandboxes = o.Runtime.Sandboxes.Skip(1).Where(s => !kept.Contains(s.Id)).ToList();
        return containers.Count + sandboxes.Count > 0 ? new(containers, sandboxes) : null;
    }

    private static StopContainersAction? StopAll(PodObservation o, TimeSpan grace, bool stopping)
    {
        var running = o.Runtime.Containers.Where(c => c.Phase is ContainerPhase.Running or ContainerPhase.Unknown).ToList();
        if (running.Count == 0)
            return null;
        var orders = running.Select(c => new StopOrder(ContainerOrder.Find(o.Spec, c.Name), c, grace, $"Stopping container {c.Name}")).ToList();
        if (!stopping)
        {
            // Sidecars end in reverse order, so that what they serve can still use those declared before them.
            var order = (o.Spec.InitContainers ?? []).Select(c => c.Name).ToList();
            orders = [orders.MaxBy(s => order.IndexOf(s.State.Name))!];
        }

        return new(orders);
    }
}
