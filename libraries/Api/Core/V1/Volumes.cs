using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

public sealed partial record AWSElasticBlockStoreVolumeSource
{
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    [Proto(3)]
    public int? Partition { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record AzureDiskVolumeSource
{
    /// <summary>Whether the disk is Shared, Dedicated or Managed.</summary>
    [Proto(6), Default("Shared")]
    public string? Kind { get; set; }

    [Proto(1), Required]
    public string? DiskName { get; set; }

    [Proto(2), Required]
    public string? DiskURI { get; set; }

    [Proto(3), Default("ReadWrite")]
    public string? CachingMode { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(4), Default("ext4")]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(5), Default(false)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record AzureFileVolumeSource
{
    [Proto(1), Required]
    public string? SecretName { get; set; }

    [Proto(2), Required]
    public string? ShareName { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record CSIVolumeSource
{
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    [Proto(4)]
    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; set; }

    [Proto(5)]
    public LocalObjectReference? NodePublishSecretRef { get; set; }
}

public sealed partial record CephFSVolumeSource
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2)]
    public string? Path { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    [Proto(4)]
    public string? SecretFile { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record CinderVolumeSource
{
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

public sealed partial record ClusterTrustBundleProjection
{
    [Proto(1)]
    public string? Name { get; set; }

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

public sealed partial record ConfigMapProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    [Default("")]
    public string? Name { get; set; }
}

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

    [Default("")]
    public string? Name { get; set; }
}

public sealed partial record DownwardAPIProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }
}

public sealed partial record DownwardAPIVolumeFile
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(4)]
    public int? Mode { get; set; }
}

public sealed partial record DownwardAPIVolumeSource
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

public sealed partial record EmptyDirVolumeSource
{
    [Proto(1)]
    public string? Medium { get; set; }

    [Proto(2)]
    public Quantity? SizeLimit { get; set; }
}

public sealed partial record EphemeralVolumeSource
{
    [Proto(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}

public sealed partial record FCVolumeSource
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? TargetWWNs { get; set; }

    [Proto(2)]
    public int? Lun { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Wwids { get; set; }
}
