namespace Platform.Api.Core.V1;

public sealed partial record PortworxVolumeSource
{
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record ProjectedVolumeSource
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<VolumeProjection>? Sources { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

public sealed partial record QuobyteVolumeSource
{
    [Proto(1), Required]
    public string? Registry { get; set; }

    [Proto(2), Required]
    public string? Volume { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(4)]
    public string? User { get; set; }

    [Proto(5)]
    public string? Group { get; set; }

    [Proto(6)]
    public string? Tenant { get; set; }
}

public sealed partial record RBDVolumeSource
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Image reference.</summary>
    [Proto(2), Required]
    public string? Image { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    [Proto(4), Default("rbd")]
    public string? Pool { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(5), Default("admin")]
    public string? User { get; set; }

    [Proto(6), Default("/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(7)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(8)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record ScaleIOVolumeSource
{
    [Proto(1), Required]
    public string? Gateway { get; set; }

    [Proto(2), Required]
    public string? System { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(3), Required]
    public LocalObjectReference? SecretRef { get; set; }

    [Proto(4)]
    public bool? SslEnabled { get; set; }

    [Proto(5)]
    public string? ProtectionDomain { get; set; }

    [Proto(6)]
    public string? StoragePool { get; set; }

    [Proto(7), Default("ThinProvisioned")]
    public string? StorageMode { get; set; }

    /// <summary>Name of the volume that is meant.</summary>
    [Proto(8)]
    public string? VolumeName { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(9), Default("xfs")]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(10)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record SecretProjection
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

public sealed partial record SecretVolumeSource
{
    [Proto(1)]
    public string? SecretName { get; set; }

    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(3)]
    public int? DefaultMode { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }
}

public sealed partial record ServiceAccountTokenProjection
{
    [Proto(1)]
    public string? Audience { get; set; }

    [Proto(2)]
    public long? ExpirationSeconds { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(3), Required]
    public string? Path { get; set; }
}

public sealed partial record StorageOSVolumeSource
{
    /// <summary>Name of the volume that is meant.</summary>
    [Proto(1)]
    public string? VolumeName { get; set; }

    [Proto(2)]
    public string? VolumeNamespace { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; set; }
}

[MapType("atomic")]
public sealed partial record TypedLocalObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    [Proto(3), Required]
    public string? Name { get; set; }
}

public sealed partial record TypedObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(4)]
    public string? Namespace { get; set; }
}
