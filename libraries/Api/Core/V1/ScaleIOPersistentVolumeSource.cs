namespace Platform.Api.Core.V1;

/// <summary>A ScaleIO volume. No longer supported.</summary>
public sealed partial record ScaleIOPersistentVolumeSource
{
    /// <summary>Address of the gateway.</summary>
    [Proto(1), Required]
    public string? Gateway { get; set; }

    /// <summary>Name of the system.</summary>
    [Proto(2), Required]
    public string? System { get; set; }

    /// <summary>Secret for the gateway.</summary>
    [Proto(3), Required]
    public SecretReference? SecretRef { get; set; }

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

    /// <summary>Name of the volume.</summary>
    [Proto(8)]
    public string? VolumeName { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(9), Default("xfs")]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(10)]
    public bool? ReadOnly { get; set; }
}

/// <summary>A StorageOS volume. No longer supported.</summary>
public sealed partial record StorageOSPersistentVolumeSource
{
    /// <summary>Name of the volume.</summary>
    [Proto(1)]
    public string? VolumeName { get; set; }

    /// <summary>Namespace of the volume in StorageOS.</summary>
    [Proto(2)]
    public string? VolumeNamespace { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>Secret for StorageOS.</summary>
    [Proto(5)]
    public ObjectReference? SecretRef { get; set; }
}
