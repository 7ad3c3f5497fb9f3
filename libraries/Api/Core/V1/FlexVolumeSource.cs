using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>FlexVolumeSource.</summary>
public sealed partial record FlexVolumeSource
{
    /// <summary>driver.</summary>
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

    /// <summary>options.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}

/// <summary>FlockerVolumeSource.</summary>
public sealed partial record FlockerVolumeSource
{
    /// <summary>datasetName.</summary>
    [Proto(1)]
    public string? DatasetName { get; set; }

    /// <summary>datasetUUID.</summary>
    [Proto(2)]
    public string? DatasetUUID { get; set; }
}

/// <summary>GCEPersistentDiskVolumeSource.</summary>
public sealed partial record GCEPersistentDiskVolumeSource
{
    /// <summary>pdName.</summary>
    [Proto(1), Required]
    public string? PdName { get; set; }

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

/// <summary>GitRepoVolumeSource.</summary>
public sealed partial record GitRepoVolumeSource
{
    /// <summary>repository.</summary>
    [Proto(1), Required]
    public string? Repository { get; set; }

    /// <summary>revision.</summary>
    [Proto(2)]
    public string? Revision { get; set; }

    /// <summary>directory.</summary>
    [Proto(3)]
    public string? Directory { get; set; }
}

/// <summary>GlusterfsVolumeSource.</summary>
public sealed partial record GlusterfsVolumeSource
{
    /// <summary>endpoints.</summary>
    [Proto(1), Required]
    public string? Endpoints { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>HostPathVolumeSource.</summary>
public sealed partial record HostPathVolumeSource
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>type.</summary>
    [Proto(2)]
    public string? Type { get; set; }
}

/// <summary>ISCSIVolumeSource.</summary>
public sealed partial record ISCSIVolumeSource
{
    /// <summary>targetPortal.</summary>
    [Proto(1), Required]
    public string? TargetPortal { get; set; }

    /// <summary>iqn.</summary>
    [Proto(2), Required]
    public string? Iqn { get; set; }

    /// <summary>lun.</summary>
    [Proto(3), Required]
    public int? Lun { get; set; }

    /// <summary>iscsiInterface.</summary>
    [Proto(4), Default("default")]
    public string? IscsiInterface { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(5)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }

    /// <summary>portals.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Portals { get; set; }

    /// <summary>chapAuthDiscovery.</summary>
    [Proto(8)]
    public bool? ChapAuthDiscovery { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(10)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>chapAuthSession.</summary>
    [Proto(11)]
    public bool? ChapAuthSession { get; set; }

    /// <summary>initiatorName.</summary>
    [Proto(12)]
    public string? InitiatorName { get; set; }
}

/// <summary>ImageVolumeSource.</summary>
public sealed partial record ImageVolumeSource
{
    /// <summary>reference.</summary>
    [Proto(1)]
    public string? Reference { get; set; }

    /// <summary>pullPolicy.</summary>
    [Proto(2)]
    public string? PullPolicy { get; set; }
}

/// <summary>KeyToPath.</summary>
public sealed partial record KeyToPath
{
    /// <summary>key.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(3)]
    public int? Mode { get; set; }
}

/// <summary>NFSVolumeSource.</summary>
public sealed partial record NFSVolumeSource
{
    /// <summary>server.</summary>
    [Proto(1), Required]
    public string? Server { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>PersistentVolumeClaimSpec.</summary>
public sealed partial record PersistentVolumeClaimSpec
{
    /// <summary>accessModes.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(2)]
    public VolumeResourceRequirements? Resources { get; set; }

    /// <summary>Name of the volume that is meant.</summary>
    [Proto(3)]
    public string? VolumeName { get; set; }

    /// <summary>selector.</summary>
    [Proto(4)]
    public LabelSelector? Selector { get; set; }

    /// <summary>storageClassName.</summary>
    [Proto(5)]
    public string? StorageClassName { get; set; }

    /// <summary>volumeMode.</summary>
    [Proto(6)]
    public string? VolumeMode { get; set; }

    /// <summary>dataSource.</summary>
    [Proto(7)]
    public TypedLocalObjectReference? DataSource { get; set; }

    /// <summary>dataSourceRef.</summary>
    [Proto(8)]
    public TypedObjectReference? DataSourceRef { get; set; }

    /// <summary>volumeAttributesClassName.</summary>
    [Proto(9)]
    public string? VolumeAttributesClassName { get; set; }
}

/// <summary>PersistentVolumeClaimTemplate.</summary>
public sealed partial record PersistentVolumeClaimTemplate
{
    /// <summary>metadata.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public PersistentVolumeClaimSpec? Spec { get; set; }
}

/// <summary>PersistentVolumeClaimVolumeSource.</summary>
public sealed partial record PersistentVolumeClaimVolumeSource
{
    /// <summary>claimName.</summary>
    [Proto(1), Required]
    public string? ClaimName { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }
}

/// <summary>PhotonPersistentDiskVolumeSource.</summary>
public sealed partial record PhotonPersistentDiskVolumeSource
{
    /// <summary>pdID.</summary>
    [Proto(1), Required]
    public string? PdID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }
}
