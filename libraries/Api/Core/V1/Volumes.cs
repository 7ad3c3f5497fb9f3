using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>An AWS disk. Handled by its CSI driver.</summary>
public sealed partial record AWSElasticBlockStoreVolumeSource
{
    /// <summary>Identifier of the disk.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Partition of the disk to mount; 0 for the whole disk.</summary>
    [Proto(3)]
    public int? Partition { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }
}

/// <summary>An Azure disk. Handled by its CSI driver.</summary>
public sealed partial record AzureDiskVolumeSource
{
    /// <summary>Whether the disk is Shared, Dedicated or Managed.</summary>
    [Proto(6), Default("Shared")]
    public string? Kind { get; set; }

    /// <summary>Name of the disk.</summary>
    [Proto(1), Required]
    public string? DiskName { get; set; }

    /// <summary>URI of the disk.</summary>
    [Proto(2), Required]
    public string? DiskURI { get; set; }

    /// <summary>None, ReadOnly or ReadWrite.</summary>
    [Proto(3), Default("ReadWrite")]
    public string? CachingMode { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(4), Default("ext4")]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(5), Default(false)]
    public bool? ReadOnly { get; set; }
}

/// <summary>An Azure share. Handled by its CSI driver.</summary>
public sealed partial record AzureFileVolumeSource
{
    /// <summary>Secret with name and key of the storage account.</summary>
    [Proto(1), Required]
    public string? SecretName { get; set; }

    /// <summary>Name of the share.</summary>
    [Proto(2), Required]
    public string? ShareName { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>Short-lived storage of a CSI driver.</summary>
public sealed partial record CSIVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Settings for the driver.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; set; }

    /// <summary>Secret for mounting.</summary>
    [Proto(5)]
    public LocalObjectReference? NodePublishSecretRef { get; set; }
}

/// <summary>A CephFS mount. No longer supported.</summary>
public sealed partial record CephFSVolumeSource
{
    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2)]
    public string? Path { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>File with the key on the node.</summary>
    [Proto(4)]
    public string? SecretFile { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

/// <summary>An OpenStack disk. Handled by its CSI driver.</summary>
public sealed partial record CinderVolumeSource
{
    /// <summary>Identifier of the disk.</summary>
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

/// <summary>Certificates of trust bundles in one file.</summary>
public sealed partial record ClusterTrustBundleProjection
{
    /// <summary>Name of one bundle.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Signer whose bundles are taken.</summary>
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

/// <summary>Entries of a ConfigMap as files.</summary>
public sealed partial record ConfigMapProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>Name of the ConfigMap.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>A ConfigMap's entries as files.</summary>
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

    /// <summary>Name of the ConfigMap.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>Fields of the pod as files.</summary>
public sealed partial record DownwardAPIProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }
}

/// <summary>A file with a field of the pod or a resource of a container.</summary>
public sealed partial record DownwardAPIVolumeFile
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>The field.</summary>
    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>The resource.</summary>
    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(4)]
    public int? Mode { get; set; }
}

/// <summary>Fields of the pod as files.</summary>
public sealed partial record DownwardAPIVolumeSource
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<DownwardAPIVolumeFile>? Items { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

/// <summary>An empty folder that lives as long as the pod.</summary>
public sealed partial record EmptyDirVolumeSource
{
    /// <summary>'' for the node's disk (default), or Memory.</summary>
    [Proto(1)]
    public string? Medium { get; set; }

    /// <summary>Greatest size; the pod is evicted beyond it.</summary>
    [Proto(2)]
    public Quantity? SizeLimit { get; set; }
}

/// <summary>A claim that lives as long as the pod.</summary>
public sealed partial record EphemeralVolumeSource
{
    /// <summary>The claim.</summary>
    [Proto(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}

/// <summary>A Fibre Channel disk.</summary>
public sealed partial record FCVolumeSource
{
    /// <summary>World wide names of the target.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? TargetWWNs { get; set; }

    /// <summary>Number of the logical unit.</summary>
    [Proto(2)]
    public int? Lun { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>World wide identifiers of the disk, instead of target and unit.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Wwids { get; set; }
}
