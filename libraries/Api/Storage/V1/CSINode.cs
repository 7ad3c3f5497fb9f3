using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

/// <summary>Drivers of a node.</summary>
[Resource("storage.k8s.io", "v1", "csinodes", "CSINode", Scope = ResourceScope.Cluster)]
public sealed partial record CSINode : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2), Required]
    public CSINodeSpec? Spec { get; set; }
}

/// <summary>A driver on a node.</summary>
public sealed partial record CSINodeDriver
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>What the driver calls the node.</summary>
    [Proto(2), Required]
    public string? NodeID { get; set; }

    /// <summary>Labels of the node that the driver knows places by.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? TopologyKeys { get; set; }

    /// <summary>What the node can take.</summary>
    [Proto(4)]
    public VolumeNodeResources? Allocatable { get; set; }
}

/// <summary>Drivers of a node.</summary>
public sealed partial record CSINodeSpec
{
    /// <summary>The drivers.</summary>
    [Proto(1), Required, ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<CSINodeDriver>? Drivers { get; set; }
}

/// <summary>What a node can take of a driver.</summary>
public sealed partial record VolumeNodeResources
{
    /// <summary>Volumes; no limit where empty.</summary>
    [Proto(1)]
    public int? Count { get; set; }
}
