namespace Platform.Api.Core.V1;

/// <summary>A Portworx volume. Handled by its CSI driver.</summary>
public sealed partial record PortworxVolumeSource
{
    /// <summary>Identifier of the volume.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }
}

/// <summary>Several sources in one folder.</summary>
public sealed partial record ProjectedVolumeSource
{
    /// <summary>The sources.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<VolumeProjection>? Sources { get; set; }

    /// <summary>Permission bits of created files that set none of their own.</summary>
    [Proto(2)]
    public int? DefaultMode { get; set; }
}

/// <summary>A Quobyte volume. No longer supported.</summary>
public sealed partial record QuobyteVolumeSource
{
    /// <summary>Addresses of the registry.</summary>
    [Proto(1), Required]
    public string? Registry { get; set; }

    /// <summary>Name of the volume.</summary>
    [Proto(2), Required]
    public string? Volume { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(4)]
    public string? User { get; set; }

    /// <summary>Group of the mount.</summary>
    [Proto(5)]
    public string? Group { get; set; }

    /// <summary>Tenant of the volume.</summary>
    [Proto(6)]
    public string? Tenant { get; set; }
}

/// <summary>A Ceph block device. No longer supported.</summary>
public sealed partial record RBDVolumeSource
{
    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Image reference.</summary>
    [Proto(2), Required]
    public string? Image { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Name of the pool. Default rbd.</summary>
    [Proto(4), Default("rbd")]
    public string? Pool { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(5), Default("admin")]
    public string? User { get; set; }

    /// <summary>File with the key on the node.</summary>
    [Proto(6), Default("/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(7)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(8)]
    public bool? ReadOnly { get; set; }
}

/// <summary>A ScaleIO volume. No longer supported.</summary>
public sealed partial record ScaleIOVolumeSource
{
    /// <summary>Address of the gateway.</summary>
    [Proto(1), Required]
    public string? Gateway { get; set; }

    /// <summary>Name of the system.</summary>
    [Proto(2), Required]
    public string? System { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(3), Required]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the gateway is reached by TLS.</summary>
    [Proto(4)]
    public bool? SslEnabled { get; set; }

    /// <summary>Name of the protection domain.</summary>
    [Proto(5)]
    public string? ProtectionDomain { get; set; }

    /// <summary>Name of the pool.</summary>
    [Proto(6)]
    public string? StoragePool { get; set; }

    /// <summary>ThickProvisioned or ThinProvisioned (default).</summary>
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

/// <summary>Entries of a Secret as files.</summary>
public sealed partial record SecretProjection
{
    /// <summary>Keys to show as files, with their paths; all keys when empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<KeyToPath>? Items { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(4)]
    public bool? Optional { get; set; }

    /// <summary>Name of the Secret.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>A Secret's entries as files.</summary>
public sealed partial record SecretVolumeSource
{
    /// <summary>Name of the Secret.</summary>
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

/// <summary>A token of the pod's service account as a file. It is renewed before it ends.</summary>
public sealed partial record ServiceAccountTokenProjection
{
    /// <summary>Whom the token is for; the API server where empty.</summary>
    [Proto(1)]
    public string? Audience { get; set; }

    /// <summary>Seconds for which it is valid, at least 600. Default 3600.</summary>
    [Proto(2)]
    public long? ExpirationSeconds { get; set; }

    /// <summary>Path this entry refers to.</summary>
    [Proto(3), Required]
    public string? Path { get; set; }
}

/// <summary>A StorageOS volume. No longer supported.</summary>
public sealed partial record StorageOSVolumeSource
{
    /// <summary>Name of the volume that is meant.</summary>
    [Proto(1)]
    public string? VolumeName { get; set; }

    /// <summary>Namespace of the volume in StorageOS; the pod's where empty.</summary>
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

/// <summary>An object of any kind in the same namespace.</summary>
[MapType("atomic")]
public sealed partial record TypedLocalObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    /// <summary>Its name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }
}

/// <summary>An object of any kind, also in another namespace.</summary>
public sealed partial record TypedObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1)]
    public string? ApiGroup { get; set; }

    /// <summary>Its name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(4)]
    public string? Namespace { get; set; }
}
