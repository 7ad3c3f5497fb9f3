using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

[Resource("storage.k8s.io", "v1", "csinodes", "CSINode", Scope = ResourceScope.Cluster)]
public sealed partial record CSINode : KubernetesObject
{
    [Proto(2), Required]
    public CSINodeSpec? Spec { get; set; }
}

public sealed partial record CSINodeDriver
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? NodeID { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? TopologyKeys { get; set; }

    [Proto(4)]
    public VolumeNodeResources? Allocatable { get; set; }
}

public sealed partial record CSINodeSpec
{
    [Proto(1), Required, ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<CSINodeDriver>? Drivers { get; set; }
}

public sealed partial record VolumeNodeResources
{
    [Proto(1)]
    public int? Count { get; set; }
}
