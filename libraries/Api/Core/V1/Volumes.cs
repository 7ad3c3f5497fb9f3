using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>AWSElasticBlockStoreVolumeSource.</summary>
public sealed partial record AWSElasticBlockStoreVolumeSource
{
    /// <summary>volumeID.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>partition.</summary>
    [Proto(3)]
    public int? Partition { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }
}

/// <summary>AzureDiskVolumeSource.</summary>
public sealed partial record AzureDiskVolumeSource
{
    /// <summary>Whether the disk is Shared, Dedicated or Managed.</summary>
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

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(4), Default("ext4")]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
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

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>CSIVolumeSource.</summary>
public sealed partial record CSIVolumeSource
{
    /// <summary>driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
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

    /// <summary>Path this entry refers to.</summary>
    [Proto(2)]
    public string? Path { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>secretFile.</summary>
    [Proto(4)]
    public string? SecretFile { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

/// <summary>CinderVolumeSource.</summary>
public sealed partial record CinderVolumeSource
{
    /// <summary>volumeID.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
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

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(3)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(4), Required]
    public string? Path { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(5)]
    public bool? Optional { get; set; }
}

/// <summary>ConfigMapProjection.</summary>
public sealed partial record ConfigMapProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>name.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>ConfigMapVolumeSource.</summary>
public sealed partial record ConfigMapVolumeSource
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(3)]
    public int? DefaultMode { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>name.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>DownwardAPIProjection.</summary>
public sealed partial record DownwardAPIProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }
}

/// <summary>DownwardAPIVolumeFile.</summary>
public sealed partial record DownwardAPIVolumeFile
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>fieldRef.</summary>
    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>resourceFieldRef.</summary>
    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(4)]
    public int? Mode { get; set; }
}

/// <summary>DownwardAPIVolumeSource.</summary>
public sealed partial record DownwardAPIVolumeSource
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
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

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>wwids.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Wwids { get; set; }
}
