namespace Platform.Api.Core.V1;

public sealed partial record ScaleIOPersistentVolumeSource
{
    [Proto(1), Required]
    public string? Gateway { get; set; }

    [Proto(2), Required]
    public string? System { get; set; }

    [Proto(3), Required]
    public SecretReference? SecretRef { get; set; }

    [Proto(4)]
    public bool? SslEnabled { get; set; }

    [Proto(5)]
    public string? ProtectionDomain { get; set; }

    [Proto(6)]
    public string? StoragePool { get; set; }

    [Proto(7), Default("ThinProvisioned")]
    public string? StorageMode { get; set; }

    [Proto(8)]
    public string? VolumeName { get; set; }

    [Proto(9), Default("xfs")]
    public string? FsType { get; set; }

    [Proto(10)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record StorageOSPersistentVolumeSource
{
    [Proto(1)]
    public string? VolumeName { get; set; }

    [Proto(2)]
    public string? VolumeNamespace { get; set; }

    [Proto(3)]
    public string? FsType { get; set; }

    [Proto(4)]
    public bool? ReadOnly { get; set; }

    [Proto(5)]
    public ObjectReference? SecretRef { get; set; }
}
