using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

/// <summary>How much storage of a class there is in a place.</summary>
[Resource("storage.k8s.io", "v1", "csistoragecapacities", "CSIStorageCapacity")]
public sealed partial record CSIStorageCapacity : KubernetesObject
{
    /// <summary>Nodes that can reach it; none where empty.</summary>
    [Proto(2)]
    public LabelSelector? NodeTopology { get; set; }

    /// <summary>The class. Cannot be changed.</summary>
    [Proto(3), Required]
    public string? StorageClassName { get; set; }

    /// <summary>How much there is.</summary>
    [Proto(4)]
    public Quantity? Capacity { get; set; }

    /// <summary>Greatest volume that can be made.</summary>
    [Proto(5)]
    public Quantity? MaximumVolumeSize { get; set; }
}
