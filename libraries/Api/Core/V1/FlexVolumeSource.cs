using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

public sealed partial record FlexVolumeSource
{
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

    [Proto(5)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}

public sealed partial record FlockerVolumeSource
{
    [Proto(1)]
    public string? DatasetName { get; set; }

    [Proto(2)]
    public string? DatasetUUID { get; set; }
}

public sealed partial record GCEPersistentDiskVolumeSource
{
    [Proto(1), Required]
    public string? PdName { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    [Proto(3)]
    public int? Partition { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record GitRepoVolumeSource
{
    [Proto(1), Required]
    public string? Repository { get; set; }

    [Proto(2)]
    public string? Revision { get; set; }

    [Proto(3)]
    public string? Directory { get; set; }
}

public sealed partial record GlusterfsVolumeSource
{
    [Proto(1), Required]
    public string? Endpoints { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record HostPathVolumeSource
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    [Proto(2)]
    public string? Type { get; set; }
}

public sealed partial record ISCSIVolumeSource
{
    [Proto(1), Required]
    public string? TargetPortal { get; set; }

    [Proto(2), Required]
    public string? Iqn { get; set; }

    [Proto(3), Required]
    public int? Lun { get; set; }

    [Proto(4), Default("default")]
    public string? IscsiInterface { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(5)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }

    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Portals { get; set; }

    [Proto(8)]
    public bool? ChapAuthDiscovery { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(10)]
    public LocalObjectReference? SecretRef { get; set; }

    [Proto(11)]
    public bool? ChapAuthSession { get; set; }

    [Proto(12)]
    public string? InitiatorName { get; set; }
}

public sealed partial record ImageVolumeSource
{
    [Proto(1)]
    public string? Reference { get; set; }

    [Proto(2)]
    public string? PullPolicy { get; set; }
}

public sealed partial record KeyToPath
{
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Permission bits of this file.</summary>
    [Proto(3)]
    public int? Mode { get; set; }
}

public sealed partial record NFSVolumeSource
{
    [Proto(1), Required]
    public string? Server { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record PersistentVolumeClaimSpec
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(2)]
    public VolumeResourceRequirements? Resources { get; set; }

    /// <summary>Name of the volume that is meant.</summary>
    [Proto(3)]
    public string? VolumeName { get; set; }

    [Proto(4)]
    public LabelSelector? Selector { get; set; }

    [Proto(5)]
    public string? StorageClassName { get; set; }

    [Proto(6)]
    public string? VolumeMode { get; set; }

    [Proto(7)]
    public TypedLocalObjectReference? DataSource { get; set; }

    [Proto(8)]
    public TypedObjectReference? DataSourceRef { get; set; }

    [Proto(9)]
    public string? VolumeAttributesClassName { get; set; }
}

public sealed partial record PersistentVolumeClaimTemplate
{
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public PersistentVolumeClaimSpec? Spec { get; set; }
}

public sealed partial record PersistentVolumeClaimVolumeSource
{
    [Proto(1), Required]
    public string? ClaimName { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record PhotonPersistentDiskVolumeSource
{
    [Proto(1), Required]
    public string? PdID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }
}
