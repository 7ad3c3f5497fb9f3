namespace Platform.Api.Core.V1;

/// <summary>PortworxVolumeSource.</summary>
public sealed partial record PortworxVolumeSource
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
}

/// <summary>ProjectedVolumeSource.</summary>
public sealed partial record ProjectedVolumeSource
{
    /// <summary>sources.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<VolumeProjection>? Sources { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

/// <summary>QuobyteVolumeSource.</summary>
public sealed partial record QuobyteVolumeSource
{
    /// <summary>registry.</summary>
    [Proto(1), Required]
    public string? Registry { get; set; }

    /// <summary>volume.</summary>
    [Proto(2), Required]
    public string? Volume { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(4)]
    public string? User { get; set; }

    /// <summary>group.</summary>
    [Proto(5)]
    public string? Group { get; set; }

    /// <summary>tenant.</summary>
    [Proto(6)]
    public string? Tenant { get; set; }
}

/// <summary>RBDVolumeSource.</summary>
public sealed partial record RBDVolumeSource
{
    /// <summary>monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Image reference.</summary>
    [Proto(2), Required]
    public string? Image { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>pool.</summary>
    [Proto(4), Default("rbd")]
    public string? Pool { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(5), Default("admin")]
    public string? User { get; set; }

    /// <summary>keyring.</summary>
    [Proto(6), Default("/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(7)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(8)]
    public bool? ReadOnly { get; set; }
}

/// <summary>ScaleIOVolumeSource.</summary>
public sealed partial record ScaleIOVolumeSource
{
    /// <summary>gateway.</summary>
    [Proto(1), Required]
    public string? Gateway { get; set; }

    /// <summary>system.</summary>
    [Proto(2), Required]
    public string? System { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(3), Required]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>sslEnabled.</summary>
    [Proto(4)]
    public bool? SslEnabled { get; set; }

    /// <summary>protectionDomain.</summary>
    [Proto(5)]
    public string? ProtectionDomain { get; set; }

    /// <summary>storagePool.</summary>
    [Proto(6)]
    public string? StoragePool { get; set; }

    /// <summary>storageMode.</summary>
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

/// <summary>SecretProjection.</summary>
public sealed partial record SecretProjection
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

/// <summary>SecretVolumeSource.</summary>
public sealed partial record SecretVolumeSource
{
    /// <summary>secretName.</summary>
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

/// <summary>ServiceAccountTokenProjection.</summary>
public sealed partial record ServiceAccountTokenProjection
{
    /// <summary>audience.</summary>
    [Proto(1)]
    public string? Audience { get; set; }

    /// <summary>expirationSeconds.</summary>
    [Proto(2)]
    public long? ExpirationSeconds { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(3), Required]
    public string? Path { get; set; }
}

/// <summary>StorageOSVolumeSource.</summary>
public sealed partial record StorageOSVolumeSource
{
    /// <summary>Name of the volume that is meant.</summary>
    [Proto(1)]
    public string? VolumeName { get; set; }

    /// <summary>volumeNamespace.</summary>
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

/// <summary>TypedLocalObjectReference.</summary>
[MapType("atomic")]
public sealed partial record TypedLocalObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    /// <summary>name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }
}

/// <summary>TypedObjectReference.</summary>
public sealed partial record TypedObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    /// <summary>name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(4)]
    public string? Namespace { get; set; }
}
