using Platform.Api;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent;

/// <summary>What is known of the node once it has started; the same for all pods.</summary>
internal sealed record NodeFacts
{
    public required string Name { get; init; }

    public required string Address { get; init; }

    public long MemoryBytes { get; init; }

    public IReadOnlyDictionary<string, Quantity> Allocatable { get; init; } = new Dictionary<string, Quantity>();

    public DnsConfig HostDns { get; init; } = new([], [], []);

    /// <summary>Address of the cluster's DNS service; null where there is none.</summary>
    public string? ClusterDns { get; init; }

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>Root of the node's cgroups; null where the runtime knows none.</summary>
    public string? CgroupRoot { get; init; }
}
