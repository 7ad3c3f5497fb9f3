using Platform.Api.Core.V1;

namespace Platform.Scheduler.Snapshot;

/// <summary>A node with the pods on it and what they take together. Immutable: a change makes a new one.</summary>
internal sealed class NodeInfo
{
    private NodeInfo(Node node, ResourceAmounts allocatable, IReadOnlyDictionary<string, long> images, PodInfo[] pods)
    {
        Node = node;
        Name = node.Metadata.Name ?? "";
        Allocatable = allocatable;
        Images = images;
        Pods = pods;
    }

    public Node Node { get; }

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Labels => Node.Metadata.Labels ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    public IReadOnlyList<Taint> Taints => Node.Spec?.Taints ?? [];

    /// <summary>What pods may take.</summary>
    public ResourceAmounts Allocatable { get; }

    /// <summary>Size in bytes of each image that the node has, by each of its names.</summary>
    public IReadOnlyDictionary<string, long> Images { get; }

    public PodInfo[] Pods { get; }

    /// <summary>What the pods ask for.</summary>
    public ResourceAmounts Requested { get; private init; } = ResourceAmounts.Nothing;

    /// <inheritdoc cref="PodInfo.NonZeroRequests"/>
    public ResourceAmounts NonZeroRequested { get; private init; } = ResourceAmounts.Nothing;

    /// <summary>Ports of the host that are taken.</summary>
    public HostPort[] HostPorts { get; private init; } = [];

    /// <summary>How many of the pods have affinity terms.</summary>
    public int PodsWithAffinity { get; private init; }

    /// <summary>An empty node.</summary>
    public static NodeInfo Of(Node node)
    {
        var images = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var image in node.Status?.Images ?? [])
        {
            foreach (var name in image.Names ?? [])
                images[name] = image.SizeBytes ?? 0;
        }
        return new(node, ResourceAmounts.From(node.Status?.Allocatable ?? node.Status?.Capacity), images, []);
    }

    /// <summary>The same pods on a newer version of the node.</summary>
    public NodeInfo On(Node node)
    {
        var fresh = Of(node);
        return Of(fresh, Pods, Requested, NonZeroRequested, HostPorts, PodsWithAffinity);
    }

    public NodeInfo With(PodInfo pod) => Of(
        this,
        [.. Pods, pod],
        Requested + pod.Requests,
        NonZeroRequested + pod.NonZeroRequests,
        pod.HostPorts.Length == 0 ? HostPorts : [.. HostPorts, .. pod.HostPorts],
        PodsWithAffinity + (pod.HasAffinity ? 1 : 0));

    public NodeInfo Without(PodInfo pod)
    {
        var at = Array.FindIndex(Pods, other => other.Uid == pod.Uid);
        if (at < 0)
            return this;
        var gone = Pods[at];
        PodInfo[] left = [.. Pods[..at], .. Pods[(at + 1)..]];
        return Of(
            this,
            left,
            Requested - gone.Requests,
            NonZeroRequested - gone.NonZeroRequests,
            gone.HostPorts.Length == 0 ? HostPorts : [.. left.SelectMany(other => other.HostPorts)],
            PodsWithAffinity - (gone.HasAffinity ? 1 : 0));
    }

    private static NodeInfo Of(
        NodeInfo node, PodInfo[] pods, ResourceAmounts requested, ResourceAmounts nonZeroRequested, HostPort[] ports, int withAffinity) =>
        new(node.Node, node.Allocatable, node.Images, pods)
        {
            Requested = requested,
            NonZeroRequested = nonZeroRequested,
            HostPorts = ports,
            PodsWithAffinity = withAffinity,
        };
}
