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

/// <summary>A volume attached to a node.</summary>
public sealed partial record AttachedVolume
{
    /// <summary>Name of the volume.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Path of its device.</summary>
    [Proto(2), Required]
    public string? DevicePath { get; set; }
}

/// <summary>A ConfigMap with a node's configuration. No longer in use.</summary>
public sealed partial record ConfigMapNodeConfigSource
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1), Required]
    public string? Namespace { get; set; }

    /// <summary>Name of the ConfigMap.</summary>
    [Proto(2), Required]
    public string? Name { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(3)]
    public string? Uid { get; set; }

    /// <summary>Version of the object that is meant.</summary>
    [Proto(4)]
    public string? ResourceVersion { get; set; }

    /// <summary>Key of the configuration in it.</summary>
    [Proto(5), Required]
    public string? KubeletConfigKey { get; set; }
}

/// <summary>A port on which a node's daemon listens.</summary>
public sealed partial record DaemonEndpoint
{
    /// <summary>Number of the port.</summary>
    [Proto(1), Required, JsonPropertyName("Port")]
    public int? Port { get; set; }
}

/// <summary>An address of a node.</summary>
public sealed partial record NodeAddress
{
    /// <summary>Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>The address.</summary>
    [Proto(2), Required]
    public string? Address { get; set; }
}

/// <summary>A fact about a node.</summary>
public sealed partial record NodeCondition
{
    /// <summary>Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the condition was last confirmed.</summary>
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

/// <summary>Where a node's configuration comes from. No longer in use.</summary>
public sealed partial record NodeConfigSource
{
    /// <summary>A ConfigMap.</summary>
    [Proto(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; set; }
}

/// <summary>State of a node's configuration. No longer in use.</summary>
public sealed partial record NodeConfigStatus
{
    /// <summary>The one that was assigned.</summary>
    [Proto(1)]
    public NodeConfigSource? Assigned { get; set; }

    /// <summary>The one in use.</summary>
    [Proto(2)]
    public NodeConfigSource? Active { get; set; }

    /// <summary>The one that is gone back to.</summary>
    [Proto(3)]
    public NodeConfigSource? LastKnownGood { get; set; }

    /// <summary>What is wrong.</summary>
    [Proto(4)]
    public string? Error { get; set; }
}

/// <summary>Ports of a node's daemons.</summary>
public sealed partial record NodeDaemonEndpoints
{
    /// <summary>Port of the node agent.</summary>
    [Proto(1)]
    public DaemonEndpoint? KubeletEndpoint { get; set; }
}

/// <summary>What a node's runtime can do.</summary>
public sealed partial record NodeFeatures
{
    /// <summary>Whether it honours supplementalGroupsPolicy.</summary>
    [Proto(1)]
    public bool? SupplementalGroupsPolicy { get; set; }
}

/// <summary>A handler of the node's runtime.</summary>
public sealed partial record NodeRuntimeHandler
{
    /// <summary>Name; empty for the default one.</summary>
    [Proto(1), Default("")]
    public string? Name { get; set; }

    /// <summary>What it can do.</summary>
    [Proto(2)]
    public NodeRuntimeHandlerFeatures? Features { get; set; }
}

/// <summary>What a handler can do.</summary>
public sealed partial record NodeRuntimeHandlerFeatures
{
    /// <summary>Whether it honours recursiveReadOnly.</summary>
    [Proto(1)]
    public bool? RecursiveReadOnlyMounts { get; set; }

    /// <summary>Whether it can run pods in user namespaces.</summary>
    [Proto(2)]
    public bool? UserNamespaces { get; set; }
}

/// <summary>What a node is to do.</summary>
public sealed partial record NodeSpec
{
    /// <summary>Range of the node's pod addresses.</summary>
    [Proto(1)]
    public string? PodCIDR { get; set; }

    /// <summary>Deprecated; not set any more.</summary>
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

    /// <summary>Deprecated; has no effect.</summary>
    [Proto(6)]
    public NodeConfigSource? ConfigSource { get; set; }

    /// <summary>Ranges of the node's pod addresses, one of each family.</summary>
    [Proto(7), ListType("set"), PatchStrategy("merge")]
    public IReadOnlyList<string>? PodCIDRs { get; set; }
}

/// <summary>What a node has and how it is doing.</summary>
public sealed partial record NodeStatus
{
    /// <summary>All that the node has.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>What of it pods can have.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Allocatable { get; set; }

    /// <summary>Deprecated; not set any more.</summary>
    [Proto(3), Enum("Pending", "Running", "Terminated")]
    public string? Phase { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(4), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<NodeCondition>? Conditions { get; set; }

    /// <summary>Where the node is reached.</summary>
    [Proto(5), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<NodeAddress>? Addresses { get; set; }

    /// <summary>Ports of its daemons.</summary>
    [Proto(6)]
    public NodeDaemonEndpoints? DaemonEndpoints { get; set; }

    /// <summary>Its system and versions.</summary>
    [Proto(7)]
    public NodeSystemInfo? NodeInfo { get; set; }

    /// <summary>Images on it, the largest first.</summary>
    [Proto(8), ListType("atomic")]
    public IReadOnlyList<ContainerImage>? Images { get; set; }

    /// <summary>Volumes that it has mounted.</summary>
    [Proto(9), ListType("atomic")]
    public IReadOnlyList<string>? VolumesInUse { get; set; }

    /// <summary>Volumes attached to it.</summary>
    [Proto(10), ListType("atomic")]
    public IReadOnlyList<AttachedVolume>? VolumesAttached { get; set; }

    /// <summary>State of its configuration. No longer in use.</summary>
    [Proto(11)]
    public NodeConfigStatus? Config { get; set; }

    /// <summary>Handlers of its runtime.</summary>
    [Proto(12), ListType("atomic")]
    public IReadOnlyList<NodeRuntimeHandler>? RuntimeHandlers { get; set; }

    /// <summary>What its runtime can do.</summary>
    [Proto(13)]
    public NodeFeatures? Features { get; set; }
}
