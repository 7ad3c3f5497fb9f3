using System.Text.Json.Serialization;

namespace Platform.Api.Core.V1;

/// <summary>A machine that runs pods.</summary>
[Resource("", "v1", "nodes", "Node", Scope = ResourceScope.Cluster, ShortNames = ["no"])]
[Subresource("proxy", Kind = "NodeProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Node : KubernetesObject
{
    /// <summary>What the node is to do.</summary>
    [Proto(2)]
    public NodeSpec? Spec { get; set; }

    /// <summary>What the node agent last reported.</summary>
    [Proto(3)]
    public NodeStatus? Status { get; set; }
}

public sealed partial record AttachedVolume
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? DevicePath { get; set; }
}

public sealed partial record ConfigMapNodeConfigSource
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1), Required]
    public string? Namespace { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(3)]
    public string? Uid { get; set; }

    /// <summary>Version of the object that is meant.</summary>
    [Proto(4)]
    public string? ResourceVersion { get; set; }

    [Proto(5), Required]
    public string? KubeletConfigKey { get; set; }
}

public sealed partial record DaemonEndpoint
{
    [Proto(1), Required, JsonPropertyName("Port")]
    public int? Port { get; set; }
}

public sealed partial record NodeAddress
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Address { get; set; }
}

public sealed partial record NodeCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastHeartbeatTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(5)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(6)]
    public string? Message { get; set; }
}

public sealed partial record NodeConfigSource
{
    [Proto(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; set; }
}

public sealed partial record NodeConfigStatus
{
    [Proto(1)]
    public NodeConfigSource? Assigned { get; set; }

    [Proto(2)]
    public NodeConfigSource? Active { get; set; }

    [Proto(3)]
    public NodeConfigSource? LastKnownGood { get; set; }

    [Proto(4)]
    public string? Error { get; set; }
}

public sealed partial record NodeDaemonEndpoints
{
    [Proto(1)]
    public DaemonEndpoint? KubeletEndpoint { get; set; }
}

public sealed partial record NodeFeatures
{
    [Proto(1)]
    public bool? SupplementalGroupsPolicy { get; set; }
}

public sealed partial record NodeRuntimeHandler
{
    [Proto(1), Default("")]
    public string? Name { get; set; }

    [Proto(2)]
    public NodeRuntimeHandlerFeatures? Features { get; set; }
}

public sealed partial record NodeRuntimeHandlerFeatures
{
    [Proto(1)]
    public bool? RecursiveReadOnlyMounts { get; set; }

    [Proto(2)]
    public bool? UserNamespaces { get; set; }
}

/// <summary>What a node is to do.</summary>
public sealed partial record NodeSpec
{
    /// <summary>Range of the node's pod addresses.</summary>
    [Proto(1)]
    public string? PodCIDR { get; set; }

    [Proto(2)]
    public string? ExternalID { get; set; }

    /// <summary>Identity of the machine at its provider.</summary>
    [Proto(3)]
    public string? ProviderID { get; set; }

    /// <summary>Whether no new pods are placed here.</summary>
    [Proto(4)]
    public bool? Unschedulable { get; set; }

    /// <summary>What keeps pods away that do not tolerate it.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<Taint>? Taints { get; set; }

    [Proto(6)]
    public NodeConfigSource? ConfigSource { get; set; }

    /// <summary>Ranges of the node's pod addresses, one of each family.</summary>
    [Proto(7), ListType("set"), PatchStrategy("merge")]
    public IReadOnlyList<string>? PodCIDRs { get; set; }
}

public sealed partial record NodeStatus
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Allocatable { get; set; }

    [Proto(3)]
    public string? Phase { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(4), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<NodeCondition>? Conditions { get; set; }

    [Proto(5), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<NodeAddress>? Addresses { get; set; }

    [Proto(6)]
    public NodeDaemonEndpoints? DaemonEndpoints { get; set; }

    [Proto(7)]
    public NodeSystemInfo? NodeInfo { get; set; }

    [Proto(8), ListType("atomic")]
    public IReadOnlyList<ContainerImage>? Images { get; set; }

    [Proto(9), ListType("atomic")]
    public IReadOnlyList<string>? VolumesInUse { get; set; }

    [Proto(10), ListType("atomic")]
    public IReadOnlyList<AttachedVolume>? VolumesAttached { get; set; }

    [Proto(11)]
    public NodeConfigStatus? Config { get; set; }

    [Proto(12), ListType("atomic")]
    public IReadOnlyList<NodeRuntimeHandler>? RuntimeHandlers { get; set; }

    [Proto(13)]
    public NodeFeatures? Features { get; set; }
}
