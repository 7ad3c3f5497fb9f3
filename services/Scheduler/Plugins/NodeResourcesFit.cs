using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Keeps pods off nodes without room for their requests, and prefers the node of which the least is taken (LeastAllocated).</summary>
internal sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin
{
    public string Name => "NodeResourcesFit";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatable | ClusterEvents.PodRemoved | ClusterEvents.PodUpdated;

    public int Weight => 1;

    public NodeFilter Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        var wanted = pod.Requests;
        return node =>
        {
            var has = node.Allocatable;
            var taken = node.Requested;
            // The common case first, without allocating.
            if (node.Pods.Length < has.Pods && wanted.Scalars.Count == 0 && Fits(wanted.MilliCpu, taken.MilliCpu, has.MilliCpu)
                && Fits(wanted.Memory, taken.Memory, has.Memory) && Fits(wanted.EphemeralStorage, taken.EphemeralStorage, has.EphemeralStorage))
                return Verdict.Fits;
            var lacking = Lacking(wanted, node);
            return lacking.Length == 0 ? Verdict.Fits : new(lacking);
        };
    }

    public NodeScore Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var wanted = pod.NonZeroRequests;
        return node =>
        {
            var has = node.Allocatable;
            var taken = node.NonZeroRequested;
            var cpu = Free(taken.MilliCpu + wanted.MilliCpu, has.MilliCpu);
            var memory = Free(taken.Memory + wanted.Memory, has.Memory);
            return (cpu, memory) switch
            {
                (null, null) => 0,
                (null, { } only) => only,
                ({ } only, null) => only,
                ({ } one, { } other) => (one + other) / 2,
            };
        };
    }

    private static string[] Lacking(ResourceAmounts wanted, NodeInfo node)
    {
        var has = node.Allocatable;
        var taken = node.Requested;
        List<string> lacking = [];
        if (node.Pods.Length >= has.Pods)
            lacking.Add("Too many pods");
        if (!Fits(wanted.MilliCpu, taken.MilliCpu, has.MilliCpu))
            lacking.Add("Insufficient cpu");
        if (!Fits(wanted.Memory, taken.Memory, has.Memory))
            lacking.Add("Insufficient memory");
        if (!Fits(wanted.EphemeralStorage, taken.EphemeralStorage, has.EphemeralStorage))
            lacking.Add("Insufficient ephemeral-storage");
        foreach (var (name, amount) in wanted.Scalars)
        {
            if (!Fits(amount, taken.Scalars.GetValueOrDefault(name), has.Scalars.GetValueOrDefault(name)))
                lacking.Add("Insufficient " + name);
        }
        return [.. lacking];
    }

    /// <summary>Nothing always fits, even on a node that is overcommitted.</summary>
    private static bool Fits(long wanted, long taken, long has) => wanted == 0 || wanted <= has - taken;

    /// <summary>The free share in percent; null where the node does not have the resource at all.</summary>
    private static long? Free(long taken, long has) => has == 0 ? null : taken > has ? 0 : (has - taken) * Scores.Max / has;
}
