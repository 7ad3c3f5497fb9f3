using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

/// <summary>How a CSI driver wants to be treated.</summary>
[Resource("storage.k8s.io", "v1", "csidrivers", "CSIDriver", Scope = ResourceScope.Cluster)]
public sealed partial record CSIDriver : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2), Required]
    public CSIDriverSpec? Spec { get; set; }
}

/// <summary>What a driver needs.</summary>
public sealed partial record CSIDriverSpec
{
    /// <summary>Whether volumes must be attached before they are mounted. Default true.</summary>
    [Proto(1)]
    public bool? AttachRequired { get; set; }

    /// <summary>Whether the driver is told about the pod. Default false.</summary>
    [Proto(2)]
    public bool? PodInfoOnMount { get; set; }

    /// <summary>Persistent (default) and Ephemeral: which volumes it offers.</summary>
    [Proto(3), ListType("set")]
    public IReadOnlyList<string>? VolumeLifecycleModes { get; set; }

    /// <summary>Whether the scheduler looks at the capacity that the driver publishes. Default false.</summary>
    [Proto(4)]
    public bool? StorageCapacity { get; set; }

    /// <summary>ReadWriteOnceWithFSType (default), File or None: whether volumes are given to the pod's fsGroup.</summary>
    [Proto(5)]
    public string? FsGroupPolicy { get; set; }

    /// <summary>Tokens of the pod's service account that the driver is given.</summary>
    [Proto(6), ListType("atomic")]
    public IReadOnlyList<TokenRequest>? TokenRequests { get; set; }

    /// <summary>Whether the driver is asked again and again while a volume is mounted. Default false.</summary>
    [Proto(7)]
    public bool? RequiresRepublish { get; set; }

    /// <summary>Whether volumes can be mounted with an SELinux label. Default false.</summary>
    [Proto(8)]
    public bool? SeLinuxMount { get; set; }
}

/// <summary>A token that a driver is given.</summary>
public sealed partial record TokenRequest
{
    /// <summary>Whom the token is for; the API server where empty.</summary>
    [Proto(1), Required]
    public string? Audience { get; set; }

    /// <summary>Seconds for which it is valid.</summary>
    [Proto(2)]
    public long? ExpirationSeconds { get; set; }
}
