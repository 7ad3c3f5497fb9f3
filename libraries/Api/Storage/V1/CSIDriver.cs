using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

[Resource("storage.k8s.io", "v1", "csidrivers", "CSIDriver", Scope = ResourceScope.Cluster)]
public sealed partial record CSIDriver : KubernetesObject
{
    [Proto(2), Required]
    public CSIDriverSpec? Spec { get; set; }
}

public sealed partial record CSIDriverSpec
{
    [Proto(1)]
    public bool? AttachRequired { get; set; }

    [Proto(2)]
    public bool? PodInfoOnMount { get; set; }

    [Proto(3), ListType("set")]
    public IReadOnlyList<string>? VolumeLifecycleModes { get; set; }

    [Proto(4)]
    public bool? StorageCapacity { get; set; }

    [Proto(5)]
    public string? FsGroupPolicy { get; set; }

    [Proto(6), ListType("atomic")]
    public IReadOnlyList<TokenRequest>? TokenRequests { get; set; }

    [Proto(7)]
    public bool? RequiresRepublish { get; set; }

    [Proto(8)]
    public bool? SeLinuxMount { get; set; }
}

public sealed partial record TokenRequest
{
    [Proto(1), Required]
    public string? Audience { get; set; }

    [Proto(2)]
    public long? ExpirationSeconds { get; set; }
}
