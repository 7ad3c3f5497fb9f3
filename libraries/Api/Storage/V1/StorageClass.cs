using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

[Resource("storage.k8s.io", "v1", "storageclasses", "StorageClass", Scope = ResourceScope.Cluster, ShortNames = ["sc"])]
public sealed partial record StorageClass : KubernetesObject
{
    [Proto(2), Required]
    public string? Provisioner { get; set; }

    [Proto(3)]
    public IReadOnlyDictionary<string, string>? Parameters { get; set; }

    [Proto(4)]
    public string? ReclaimPolicy { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? MountOptions { get; set; }

    [Proto(6)]
    public bool? AllowVolumeExpansion { get; set; }

    [Proto(7)]
    public string? VolumeBindingMode { get; set; }

    [Proto(8), ListType("atomic")]
    public IReadOnlyList<TopologySelectorTerm>? AllowedTopologies { get; set; }
}
