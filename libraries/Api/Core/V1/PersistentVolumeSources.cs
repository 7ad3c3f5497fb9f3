namespace Platform.Api.Core.V1;

/// <summary>An Azure share. Handled by its CSI driver.</summary>
public sealed partial record AzureFilePersistentVolumeSource
{
    /// <summary>Secret with name and key of the storage account.</summary>
    [Proto(1), Required]
    public string? SecretName { get; set; }

    /// <summary>Name of the share.</summary>
    [Proto(2), Required]
    public string? ShareName { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>Namespace of the secret; the claim's where empty.</summary>
    [Proto(4)]
    public string? SecretNamespace { get; set; }
}

/// <summary>Storage of a CSI driver.</summary>
public sealed partial record CSIPersistentVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>What the driver calls the volume.</summary>
    [Proto(2), Required]
    public string? VolumeHandle { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(4)]
    public string? FsType { get; set; }

    /// <summary>Further attributes, from when it was made.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; set; }

    /// <summary>Secret for attaching and detaching.</summary>
    [Proto(6)]
    public SecretReference? ControllerPublishSecretRef { get; set; }

    /// <summary>Secret for staging on a node.</summary>
    [Proto(7)]
    public SecretReference? NodeStageSecretRef { get; set; }

    /// <summary>Secret for mounting into pods.</summary>
    [Proto(8)]
    public SecretReference? NodePublishSecretRef { get; set; }

    /// <summary>Secret for growing.</summary>
    [Proto(9)]
    public SecretReference? ControllerExpandSecretRef { get; set; }

    /// <summary>Secret for growing on the node.</summary>
    [Proto(10)]
    public SecretReference? NodeExpandSecretRef { get; set; }
}

/// <summary>A CephFS mount. No longer supported.</summary>
public sealed partial record CephFSPersistentVolumeSource
{
    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Folder to mount. Default /.</summary>
    [Proto(2)]
    public string? Path { get; set; }

    /// <summary>User. Default admin.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>File with the key on the node.</summary>
    [Proto(4)]
    public string? SecretFile { get; set; }

    /// <summary>Secret with the key.</summary>
    [Proto(5)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }
}

/// <summary>An OpenStack disk. Handled by its CSI driver.</summary>
public sealed partial record CinderPersistentVolumeSource
{
    /// <summary>Identifier of the disk.</summary>
    [Proto(1), Required]
    public string? VolumeID { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>Secret for the cloud.</summary>
    [Proto(4)]
    public SecretReference? SecretRef { get; set; }
}

/// <summary>A volume from an exec driver on the node. Deprecated: use a CSI driver.</summary>
public sealed partial record FlexPersistentVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string? Driver { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Secret for the driver.</summary>
    [Proto(3)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; set; }

    /// <summary>Further settings for the driver.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string>? Options { get; set; }
}

/// <summary>A Glusterfs volume. No longer supported.</summary>
public sealed partial record GlusterfsPersistentVolumeSource
{
    /// <summary>Name of the Endpoints with the servers.</summary>
    [Proto(1), Required]
    public string? Endpoints { get; set; }

    /// <summary>Name of the volume.</summary>
    [Proto(2), Required]
    public string? Path { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>Namespace of the Endpoints; the claim's where empty.</summary>
    [Proto(4)]
    public string? EndpointsNamespace { get; set; }
}

/// <summary>An iSCSI disk.</summary>
public sealed partial record ISCSIPersistentVolumeSource
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

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(5)]
    public string? FsType { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; set; }

    /// <summary>Further addresses of the target.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Portals { get; set; }

    /// <summary>Whether discovery authenticates by CHAP.</summary>
    [Proto(8)]
    public bool? ChapAuthDiscovery { get; set; }

    /// <summary>Secret for CHAP.</summary>
    [Proto(10)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Whether sessions authenticate by CHAP.</summary>
    [Proto(11)]
    public bool? ChapAuthSession { get; set; }

    /// <summary>Qualified name of the initiator.</summary>
    [Proto(12)]
    public string? InitiatorName { get; set; }
}

/// <summary>A disk, partition or folder that stays with one node.</summary>
public sealed partial record LocalVolumeSource
{
    /// <summary>Path on the node.</summary>
    [Proto(1), Required]
    public string? Path { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(2)]
    public string? FsType { get; set; }
}

/// <summary>A Ceph block device. No longer supported.</summary>
public sealed partial record RBDPersistentVolumeSource
{
    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Monitors { get; set; }

    /// <summary>Name of the image.</summary>
    [Proto(2), Required]
    public string? Image { get; set; }

    /// <summary>File system on the volume, such as ext4 or xfs; ext4 where nothing is said.</summary>
    [Proto(3)]
    public string? FsType { get; set; }

    /// <summary>Name of the pool. Default rbd.</summary>
    [Proto(4), Default("rbd")]
    public string? Pool { get; set; }

    /// <summary>User. Default admin.</summary>
    [Proto(5), Default("admin")]
    public string? User { get; set; }

    /// <summary>File with the key on the node.</summary>
    [Proto(6), Default("/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    /// <summary>Secret with the key.</summary>
    [Proto(7)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Whether the volume is mounted for reading only.</summary>
    [Proto(8)]
    public bool? ReadOnly { get; set; }
}
