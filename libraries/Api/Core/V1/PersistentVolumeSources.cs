namespace Platform.Api.Core.V1;

public sealed partial record AzureFilePersistentVolumeSource
{
    [Proto(1), Required]
    public string? SecretName { get; set; }

    [Proto(2), Required]
    public string? ShareName { get; set; }

    [Proto(3)]
    public bool? ReadOnly { get; set; }

    [Proto(4)]
    public string? SecretNamespace { get; set; }
}

public sealed partial record CSIPersistentVolumeSource
{
    [Proto(1), Required]
    public string? Driver { get; set; }

    [Proto(2), Required]
    public string? VolumeHandle { get; set; }

    [Proto(3)]
    public bool? ReadOnly { get; set; }

    [Proto(4)]
    public string? FsType { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; set; }

    [Proto(6)]
    public SecretReference? ControllerPublishSecretRef { get; set; }

    [Proto(7)]
    public SecretReference? NodeStageSecretRef { get; set; }

    [Proto(8)]
    public SecretReference? NodePublishSecretRef { get; set; }

    [Proto(9)]
    public SecretReference? ControllerExpandSecretRef { get; set; }

    [Proto(10)]
    public SecretReference? NodeExpandSecretRef { get; set; }
}

public sealed partial record CephFSPersistentVolumeSource
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    [Proto(2)]
    public string? Path { get; set; }

    [Proto(3)]
    public string? User { get; set; }

    [Proto(4)]
    public string? SecretFile { get; set; }

    [Proto(5)]
    public SecretReference? SecretRef { get; set; }

    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

public sealed partial record CinderPersistentVolumeSource
{
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    [Proto(2)]
    public string? FsType { get; set; }

    [Proto(3)]
    public bool? ReadOnly { get; set; }

    [Proto(4)]
    public SecretReference? SecretRef { get; set; }
}

public sealed partial record FlexPersistentVolumeSource
{
    [Proto(1), Required]
    public string? Driver { get; set; }

    [Proto(2)]
    public string? FsType { get; set; }

    [Proto(3)]
    public SecretReference? SecretRef { get; set; }

    [Proto(4)]
    public bool? ReadOnly { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}

public sealed partial record GlusterfsPersistentVolumeSource
{
    [Proto(1), Required]
    public string? Endpoints { get; set; }

    [Proto(2), Required]
    public string? Path { get; set; }

    [Proto(3)]
    public bool? ReadOnly { get; set; }

    [Proto(4)]
    public string? EndpointsNamespace { get; set; }
}

public sealed partial record ISCSIPersistentVolumeSource
{
    [Proto(1), Required]
    public string? TargetPortal { get; set; }

    [Proto(2), Required]
    public string? Iqn { get; set; }

    [Proto(3), Required]
    public int? Lun { get; set; }

    [Proto(4), Default("default")]
    public string? IscsiInterface { get; set; }

    [Proto(5)]
    public string? FsType { get; set; }

    [Proto(6)]
    public bool? ReadOnly { get; set; }

    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Portals { get; set; }

    [Proto(8)]
    public bool? ChapAuthDiscovery { get; set; }

    [Proto(10)]
    public SecretReference? SecretRef { get; set; }

    [Proto(11)]
    public bool? ChapAuthSession { get; set; }

    [Proto(12)]
    public string? InitiatorName { get; set; }
}

public sealed partial record LocalVolumeSource
{
    [Proto(1), Required]
    public string? Path { get; set; }

    [Proto(2)]
    public string? FsType { get; set; }
}

public sealed partial record RBDPersistentVolumeSource
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    [Proto(2), Required]
    public string? Image { get; set; }

    [Proto(3)]
    public string? FsType { get; set; }

    [Proto(4), Default("rbd")]
    public string? Pool { get; set; }

    [Proto(5), Default("admin")]
    public string? User { get; set; }

    [Proto(6), Default("/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    [Proto(7)]
    public SecretReference? SecretRef { get; set; }

    [Proto(8)]
    public bool? ReadOnly { get; set; }
}
