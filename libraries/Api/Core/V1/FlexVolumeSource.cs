using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>A volume from an exec driver on the node. Deprecated: use a CSI driver.</summary>
public sealed partial record FlexVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(3)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>Further settings for the driver.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}

/// <summary>A Flocker volume. No longer supported.</summary>
public sealed partial record FlockerVolumeSource
{
    /// <summary>Name of the dataset. Deprecated.</summary>
    [Proto(1)]
    public string? DatasetName { get; set; }

    /// <summary>UUID of the dataset.</summary>
    [Proto(2)]
    public string? DatasetUUID { get; set; }
}

/// <summary>A Google persistent disk. Handled by its CSI driver.</summary>
public sealed partial record GCEPersistentDiskVolumeSource
{
    /// <summary>Name of the disk.</summary>
    [Proto(1), Required]
    public string? PdName { get; set; }

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

/// <summary>A clone of a Git repository. Deprecated: clone in an init container.</summary>
public sealed partial record GitRepoVolumeSource
{
    /// <summary>URL of the repository.</summary>
    [Proto(1), Required]
    public string? Repository { get; set; }

    /// <summary>Commit to check out.</summary>
    [Proto(2)]
    public string? Revision { get; set; }

    /// <summary>Folder to clone into; '.' for the volume itself.</summary>
    [Proto(3)]
    public string? Directory { get; set; }
}

/// <summary>A Glusterfs volume. No longer supported.</summary>
public sealed partial record GlusterfsVolumeSource
{
    /// <summary>Name of the Endpoints with the servers.</summary>
    [Proto(1), Required]
    public string? Endpoints { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>A file or folder of the node.</summary>
public sealed partial record HostPathVolumeSource
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>
    /// What must be there: '' (no check), DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice or BlockDevice.
    /// </summary>
    [Proto(2)]
    public string? Type { get; set; }
}

/// <summary>An iSCSI disk.</summary>
public sealed partial record ISCSIVolumeSource
{
    /// <summary>Address of the target, with port where it is not 3260.</summary>
    [Proto(1), Required]
    public string? TargetPortal { get; set; }

    /// <summary>Qualified name of the target.</summary>
    [Proto(2), Required]
    public string? Iqn { get; set; }

    /// <summary>Number of the logical unit.</summary>
    [Proto(3), Required]
    public int? Lun { get; set; }

    /// <summary>Interface to use. Default 'default' (tcp).</summary>
    [Proto(4), Default("default")]
    public string? IscsiInterface { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(5)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }

    /// <summary>Further addresses of the target.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Portals { get; set; }

    /// <summary>Whether discovery authenticates by CHAP.</summary>
    [Proto(8)]
    public bool? ChapAuthDiscovery { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(10)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether sessions authenticate by CHAP.</summary>
    [Proto(11)]
    public bool? ChapAuthSession { get; set; }

    /// <summary>Qualified name of the initiator.</summary>
    [Proto(12)]
    public string? InitiatorName { get; set; }
}

/// <summary>The content of an image, mounted for reading.</summary>
public sealed partial record ImageVolumeSource
{
    /// <summary>Name of the image.</summary>
    [Proto(1)]
    public string? Reference { get; set; }

    /// <summary>Always, Never or IfNotPresent, with the defaults of container images.</summary>
    [Proto(2)]
    public string? PullPolicy { get; set; }
}

/// <summary>Puts an entry into a file.</summary>
public sealed partial record KeyToPath
{
    /// <summary>Key of the entry.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(3)]
    public int? Mode { get; set; }
}

/// <summary>A share of an NFS server.</summary>
public sealed partial record NFSVolumeSource
{
    /// <summary>Host name or address of the server.</summary>
    [Proto(1), Required]
    public string? Server { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>What kind of storage is wanted.</summary>
public sealed partial record PersistentVolumeClaimSpec
{
    /// <summary>ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(2)]
    public VolumeResourceRequirements? Resources { get; set; }

    /// <summary>Name of the volume that is meant.</summary>
    [Proto(3)]
    public string? VolumeName { get; set; }

    /// <summary>Labels that the volume must have.</summary>
    [Proto(4)]
    public LabelSelector? Selector { get; set; }

    /// <summary>Class of the storage; the default class where it is not given, none where it is ''.</summary>
    [Proto(5)]
    public string? StorageClassName { get; set; }

    /// <summary>Filesystem (default) or Block.</summary>
    [Proto(6), Enum("Block", "Filesystem")]
    public string? VolumeMode { get; set; }

    /// <summary>Snapshot or claim with which the volume is filled, in the same namespace.</summary>
    [Proto(7)]
    public TypedLocalObjectReference? DataSource { get; set; }

    /// <summary>Object with which the volume is filled, of any kind for which there is a populator.</summary>
    [Proto(8)]
    public TypedObjectReference? DataSourceRef { get; set; }

    /// <summary>Class of attributes that can be changed later, such as throughput.</summary>
    [Proto(9)]
    public string? VolumeAttributesClassName { get; set; }
}

/// <summary>A claim that is made together with its pod.</summary>
public sealed partial record PersistentVolumeClaimTemplate
{
    /// <summary>Labels and annotations of the claim.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public PersistentVolumeClaimSpec? Spec { get; set; }
}

/// <summary>A volume that a claim in the pod's namespace is bound to.</summary>
public sealed partial record PersistentVolumeClaimVolumeSource
{
    /// <summary>Name of the claim.</summary>
    [Proto(1), Required]
    public string? ClaimName { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }
}

/// <summary>A Photon disk. No longer supported.</summary>
public sealed partial record PhotonPersistentDiskVolumeSource
{
    /// <summary>Identifier of the disk.</summary>
    [Proto(1), Required]
    public string? PdID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }
}
