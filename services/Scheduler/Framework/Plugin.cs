// A plugin looks at a pod and the snapshot once and returns a function over nodes, or null where it has nothing to say about this pod.
// That function is pure, so a verdict depends on nothing but the pod, the snapshot and the node. Names and meanings are upstream's.
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Framework;

/// <summary>What a filter says of a node: nothing against it, or why not, in upstream's words.</summary>
/// <param name="Reasons">Why the pod cannot run there; null where it can.</param>
internal readonly record struct Verdict(string[]? Reasons)
{
    public static Verdict Fits => default;

    public bool IsFit => Reasons is null;
}

/// <summary>Whether a pod fits on a node.</summary>
internal delegate Verdict NodeFilter(NodeInfo node);

/// <summary>How good a node is for a pod, in the plugin's own measure; its normalisation brings it to 0..100.</summary>
internal delegate long NodeScore(NodeInfo node);

/// <summary>Changes of the cluster that can make a pod fit that did not before.</summary>
[Flags]
internal enum ClusterEvents
{
    None = 0,
    NodeAdded = 1,
    NodeAllocatable = 2,
    NodeLabels = 4,
    NodeTaints = 8,
    PodRemoved = 16,
    PodAssigned = 32,
    PodUpdated = 64,
}

/// <summary>Part of the scheduler that has one reason.</summary>
internal interface IPlugin
{
    /// <summary>Upstream's name of the plugin.</summary>
    string Name { get; }
}

/// <summary>Rules out nodes.</summary>
internal interface IFilterPlugin : IPlugin
{
    /// <summary>What wakes a pod that this plugin has kept out.</summary>
    ClusterEvents WokenBy { get; }

    /// <summary>The filter for a pod; null where every node passes.</summary>
    NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot);
}

/// <summary>Prefers nodes.</summary>
internal interface IScorePlugin : IPlugin
{
    /// <summary>How much its score of 0..100 counts.</summary>
    int Weight { get; }

    /// <summary>The score for a pod; null where all nodes are alike.</summary>
    NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible);

    /// <summary>Brings the scores of the feasible nodes to 0..100.</summary>
    void Normalize(long[] scores)
    {
    }
}

/// <summary>Keeps a pod out of the queue altogether.</summary>
internal interface IPreEnqueuePlugin : IPlugin
{
    /// <summary>Why the pod must not be scheduled yet; null where it may.</summary>
    string? Refuse(PodInfo pod);
}

/// <summary>The highest score, and how scores are stretched to it.</summary>
internal static class Scores
{
    public const long Max = 100;

    /// <summary>Stretches so that the largest becomes 100, or with <paramref name="reverse"/> 0.</summary>
    public static void Stretch(long[] scores, bool reverse)
    {
        var largest = scores.Length == 0 ? 0 : scores.Max();
        for (var i = 0; i < scores.Length; i++)
        {
            var stretched = largest == 0 ? 0 : scores[i] * Max / largest;
            scores[i] = reverse ? Max - stretched : stretched;
        }
    }
}
