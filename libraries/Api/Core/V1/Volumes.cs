using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>AWSElasticBlockStoreVolumeSource.</summary>
public sealed partial record AWSElasticBlockStoreVolumeSource
{
    /// <summary>volumeID.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>fsType.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>partition.</summary>
    [Proto(3)]
    public int? Partition { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }
}

/// <summary>AzureDiskVolumeSource.</summary>
public sealed partial record AzureDiskVolumeSource
{
    /// <summary>kind.</summary>
    [Proto(6), Default("Shared")]
    public string? Kind { get; set; }

    /// <summary>diskName.</summary>
    [Proto(1), Required]
    public string? DiskName { get; set; }

    /// <summary>diskURI.</summary>
    [Proto(2), Required]
    public string? DiskURI { get; set; }

    /// <summary>cachingMode.</summary>
    [Proto(3), Default("ReadWrite")]
    public string? CachingMode { get; set; }

    /// <summary>fsType.</summary>
    [Proto(4), Default("ext4")]
    public string? FsType { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(5), Default(false)]
    public bool? ReadOnly { get; set; }
}

/// <summary>AzureFileVolumeSource.</summary>
public sealed partial record AzureFileVolumeSource
{
    /// <summary>secretName.</summary>
    [Proto(1), Required]
    public string? SecretName { get; set; }

    /// <summary>shareName.</summary>
    [Proto(2), Required]
    public string? ShareName { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>CSIVolumeSource.</summary>
public sealed partial record CSIVolumeSource
{
    /// <summary>driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>fsType.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>volumeAttributes.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; set; }

    /// <summary>nodePublishSecretRef.</summary>
    [Proto(5)]
    public LocalObjectReference? NodePublishSecretRef { get; set; }
}

/// <summary>CephFSVolumeSource.</summary>
public sealed partial record CephFSVolumeSource
{
    /// <summary>monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>path.</summary>
    [Proto(2)]
    public string? Path { get; set; }

    /// <summary>user.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>secretFile.</summary>
    [Proto(4)]
    public string? SecretFile { get; set; }

    /// <summary>secretRef.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

/// <summary>CinderVolumeSource.</summary>
public sealed partial record CinderVolumeSource
{
    /// <summary>volumeID.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>fsType.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>secretRef.</summary>
    [Proto(4)]
    public LocalObjectReference? SecretRef { get; set; }
}

/// <summary>ClusterTrustBundleProjection.</summary>
public sealed partial record ClusterTrustBundleProjection
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>signerName.</summary>
    [Proto(2)]
    public string? SignerName { get; set; }

    /// <summary>labelSelector.</summary>
    [Proto(3)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>path.</summary>
    [Proto(4), Required]
    public string? Path { get; set; }

    /// <summary>optional.</summary>
    [Proto(5)]
    public bool? Optional { get; set; }
}

/// <summary>ConfigMapProjection.</summary>
public sealed partial record ConfigMapProjection
{
    /// <summary>items.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>optional.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>name.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>ConfigMapVolumeSource.</summary>
public sealed partial record ConfigMapVolumeSource
{
    /// <summary>items.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>defaultMode.</summary>
    [Proto(3)]
    public int? DefaultMode { get; set; }

    /// <summary>optional.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>name.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>DownwardAPIProjection.</summary>
public sealed partial record DownwardAPIProjection
{
    /// <summary>items.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }
}

/// <summary>DownwardAPIVolumeFile.</summary>
public sealed partial record DownwardAPIVolumeFile
{
    /// <summary>path.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>fieldRef.</summary>
    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>resourceFieldRef.</summary>
    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>mode.</summary>
    [Proto(4)]
    public int? Mode { get; set; }
}

/// <summary>DownwardAPIVolumeSource.</summary>
public sealed partial record DownwardAPIVolumeSource
{
    /// <summary>items.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }

    /// <summary>defaultMode.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

/// <summary>EmptyDirVolumeSource.</summary>
public sealed partial record EmptyDirVolumeSource
{
    /// <summary>medium.</summary>
    [Proto(1)]
    public string? Medium { get; set; }

    /// <summary>sizeLimit.</summary>
    [Proto(2)]
    public Quantity? SizeLimit { get; set; }
}

/// <summary>EphemeralVolumeSource.</summary>
public sealed partial record EphemeralVolumeSource
{
    /// <summary>volumeClaimTemplate.</summary>
    [Proto(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}

/// <summary>FCVolumeSource.</summary>
public sealed partial record FCVolumeSource
{
    /// <summary>targetWWNs.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? TargetWWNs { get; set; }

    /// <summary>lun.</summary>
    [Proto(2)]
    public int? Lun { get; set; }

    /// <summary>fsType.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>wwids.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Wwids { get; set; }
}
