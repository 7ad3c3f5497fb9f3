using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

[Resource("storage.k8s.io", "v1", "csistoragecapacities", "CSIStorageCapacity")]
public sealed partial record CSIStorageCapacity : KubernetesObject
{
    [Proto(2)]
    public LabelSelector? NodeTopology { get; set; }

    [Proto(3), Required]
    public string? StorageClassName { get; set; }

    [Proto(4)]
    public Quantity? Capacity { get; set; }

    [Proto(5)]
    public Quantity? MaximumVolumeSize { get; set; }
}
