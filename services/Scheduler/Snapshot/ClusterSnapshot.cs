namespace Platform.Scheduler.Snapshot;

/// <summary>The nodes as they are at one moment, with the pods that are on them or about to be. Immutable.</summary>
internal sealed class ClusterSnapshot(
    NodeInfo[] nodes,
    IReadOnlyDictionary<string, int> imageSpread,
    int podsWithAffinity,
    Func<string, IReadOnlyDictionary<string, string>?> namespaceLabels,
    long version)
{
    public NodeInfo[] Nodes { get; } = nodes;

    /// <summary>On how many nodes each image is.</summary>
    public IReadOnlyDictionary<string, int> ImageSpread { get; } = imageSpread;

    /// <summary>How many pods have affinity terms; most clusters have none, which saves looking for them.</summary>
    public int PodsWithAffinity { get; } = podsWithAffinity;

    /// <summary>Labels of a namespace.</summary>
    public Func<string, IReadOnlyDictionary<string, string>?> NamespaceLabels { get; } = namespaceLabels;

    /// <summary>Grows with every change; equal versions mean equal snapshots.</summary>
    public long Version { get; } = version;
}
