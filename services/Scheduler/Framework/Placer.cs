// One pod against one snapshot: ask the filters about node after node until enough are found, score those, take the best. In a large
// cluster not all nodes are looked at (upstream's rule: of more than 100 nodes a share that falls from 50 % to 5 %); each pod begins
// where the one before ended, so that all nodes get their turn.
using Platform.Scheduler.Plugins;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Framework;

/// <summary>Finds a node for a pod. Not safe for concurrent use.</summary>
internal sealed class Placer(Random random)
{
    private const int MinFeasible = 100;
    private const int MinPercent = 5;

    private readonly IFilterPlugin[] _filters = Filters;
    private readonly IScorePlugin[] _scores = ScorePlugins;
    private int _next;

    /// <summary>The filters in the order in which they are asked: the cheap ones first.</summary>
    public static IFilterPlugin[] Filters { get; } =
    [
        new NodeUnschedulable(), new NodeName(), new TaintToleration(), new NodeAffinity(), new NodePorts(), new NodeResourcesFit(),
        new PodTopologySpread(), new InterPodAffinity(),
    ];

    /// <summary>The plugins that score.</summary>
    public static IScorePlugin[] ScorePlugins { get; } =
    [
        new TaintToleration(), new NodeAffinity(), new NodeResourcesFit(), new PodTopologySpread(), new InterPodAffinity(),
        new NodeResourcesBalancedAllocation(), new ImageLocality(),
    ];

    public Placement Place(PodInfo pod, ClusterSnapshot snapshot)
    {
        var diagnosis = new Diagnosis();
        var nodes = snapshot.Nodes;
        var feasible = Feasible(pod, snapshot, diagnosis);
        if (feasible.Count == 0)
            return new(null, diagnosis, nodes.Length, 0, []);
        if (feasible.Count == 1)
            return new(feasible[0].Name, diagnosis, nodes.Length, 1, []);
        var totals = new long[feasible.Count];
        List<(string Plugin, long[] Scores)> parts = [];
        foreach (var plugin in _scores)
        {
            if (plugin.Score(pod, snapshot, feasible) is not { } score)
                continue;
            var scores = new long[feasible.Count];
            for (var i = 0; i < scores.Length; i++)
                scores[i] = score(feasible[i]);
            plugin.Normalize(scores);
            for (var i = 0; i < scores.Length; i++)
                totals[i] += scores[i] * plugin.Weight;
            parts.Add((plugin.Name, scores));
        }
        var best = Best(totals);
        return new(feasible[best].Name, diagnosis, nodes.Length, feasible.Count, [.. parts.Select(part => (part.Plugin, part.Scores[best]))]);
    }

    /// <summary>How many feasible nodes are enough.</summary>
    internal static int Enough(int nodes)
    {
        if (nodes <= MinFeasible)
            return nodes;
        var percent = Math.Max(MinPercent, 50 - (nodes / 125));
        return Math.Max(MinFeasible, nodes * percent / 100);
    }

    private List<NodeInfo> Feasible(PodInfo pod, ClusterSnapshot snapshot, Diagnosis diagnosis)
    {
        var filters = new List<(IFilterPlugin Plugin, NodeFilter Filter)>(_filters.Length);
        foreach (var plugin in _filters)
        {
            if (plugin.Filter(pod, snapshot) is { } filter)
                filters.Add((plugin, filter));
        }
        var nodes = snapshot.Nodes;
        var enough = Enough(nodes.Length);
        var feasible = new List<NodeInfo>(Math.Min(enough, nodes.Length));
        var looked = 0;
        for (; looked < nodes.Length && feasible.Count < enough; looked++)
        {
            var node = nodes[(_next + looked) % nodes.Length];
            if (Passes(node, filters, diagnosis))
                feasible.Add(node);
        }
        _next = nodes.Length == 0 ? 0 : (_next + looked) % nodes.Length;
        return feasible;
    }

    private static bool Passes(NodeInfo node, List<(IFilterPlugin Plugin, NodeFilter Filter)> filters, Diagnosis diagnosis)
    {
        foreach (var (plugin, filter) in filters)
        {
            if (filter(node) is { IsFit: false } verdict)
            {
                diagnosis.Add(plugin, verdict.Reasons!);
                return false;
            }
        }
        return true;
    }

    /// <summary>The index of the highest total; of several one by lot.</summary>
    private int Best(long[] totals)
    {
        var best = 0;
        var ties = 1;
        for (var i = 1; i < totals.Length; i++)
        {
            if (totals[i] > totals[best])
                (best, ties) = (i, 1);
            else if (totals[i] == totals[best] && random.Next(++ties) == 0)
                best = i;
        }
        return best;
    }
}
