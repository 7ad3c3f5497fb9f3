using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

/// <summary>A kind of storage, and how volumes of it are made. Most of it cannot be changed.</summary>
[Resource("storage.k8s.io", "v1", "storageclasses", "StorageClass", Scope = ResourceScope.Cluster, ShortNames = ["sc"])]
public sealed partial record StorageClass : KubernetesObject
{
    /// <summary>Driver that makes the volumes.</summary>
    [Proto(2), Required]
    public string? Provisioner { get; set; }

    /// <summary>Settings for the driver.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, string>? Parameters { get; set; }

    /// <summary>When the claim is gone: Delete (default) or Retain.</summary>
    [Proto(4), Enum("Delete", "Recycle", "Retain")]
    public string? ReclaimPolicy { get; set; }

    /// <summary>Options of the mounts, not checked.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? MountOptions { get; set; }

    /// <summary>Whether volumes can grow.</summary>
    [Proto(6)]
    public bool? AllowVolumeExpansion { get; set; }

    /// <summary>Immediate (default), or WaitForFirstConsumer: when the first pod is placed.</summary>
    [Proto(7), Enum("Immediate", "WaitForFirstConsumer")]
    public string? VolumeBindingMode { get; set; }

    /// <summary>Places in which volumes can be made; all where empty.</summary>
    [Proto(8), ListType("atomic")]
    public IReadOnlyList<TopologySelectorTerm>? AllowedTopologies { get; set; }
}
