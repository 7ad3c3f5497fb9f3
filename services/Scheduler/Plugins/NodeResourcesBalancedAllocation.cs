using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Prefers nodes whose CPU and memory would be used to about the same share, so that neither is left over.</summary>
internal sealed class NodeResourcesBalancedAllocation : IScorePlugin
{
    public string Name => "NodeResourcesBalancedAllocation";

    public int Weight => 1;

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var wanted = pod.Requests;
        if (wanted.MilliCpu == 0 && wanted.Memory == 0)
            return null; // It changes no share.
        return node =>
        {
            var cpu = Share(node.Requested.MilliCpu + wanted.MilliCpu, node.Allocatable.MilliCpu);
            var memory = Share(node.Requested.Memory + wanted.Memory, node.Allocatable.Memory);
            // Of two values the standard deviation is half their distance.
            return (long)((1 - (Math.Abs(cpu - memory) / 2)) * Scores.Max);
        };
    }

    private static double Share(long taken, long has) => has == 0 ? 0 : Math.Min(1, (double)taken / has);
}
