namespace Platform.Api.Core.V1;

/// <summary>A directory or device that containers of a pod can mount.</summary>
public sealed partial record Volume
{
    /// <summary>Name of the volume, unique in the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>awsElasticBlockStore.</summary>
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>azureDisk.</summary>
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>azureFile.</summary>
    public AzureFileVolumeSource? AzureFile { get; set; }

    /// <summary>cephfs.</summary>
    public CephFSVolumeSource? Cephfs { get; set; }

    /// <summary>cinder.</summary>
    public CinderVolumeSource? Cinder { get; set; }

    /// <summary>Keys of a config map as files.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; set; }

    /// <summary>csi.</summary>
    public CSIVolumeSource? Csi { get; set; }

    /// <summary>Fields of the pod as files.</summary>
    public DownwardAPIVolumeSource? DownwardAPI { get; set; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; set; }

    /// <summary>ephemeral.</summary>
    public EphemeralVolumeSource? Ephemeral { get; set; }

    /// <summary>fc.</summary>
    public FCVolumeSource? Fc { get; set; }

    /// <summary>flexVolume.</summary>
    public FlexVolumeSource? FlexVolume { get; set; }

    /// <summary>flocker.</summary>
    public FlockerVolumeSource? Flocker { get; set; }

    /// <summary>gcePersistentDisk.</summary>
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>gitRepo.</summary>
    public GitRepoVolumeSource? GitRepo { get; set; }

    /// <summary>glusterfs.</summary>
    public GlusterfsVolumeSource? Glusterfs { get; set; }

    /// <summary>A path of the node.</summary>
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>Image reference.</summary>
    public ImageVolumeSource? Image { get; set; }

    /// <summary>iscsi.</summary>
    public ISCSIVolumeSource? Iscsi { get; set; }

    /// <summary>nfs.</summary>
    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>A claim of a persistent volume.</summary>
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    /// <summary>photonPersistentDisk.</summary>
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>portworxVolume.</summary>
    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>Several sources in one directory.</summary>
    public ProjectedVolumeSource? Projected { get; set; }

    /// <summary>quobyte.</summary>
    public QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>rbd.</summary>
    public RBDVolumeSource? Rbd { get; set; }

    /// <summary>scaleIO.</summary>
    public ScaleIOVolumeSource? ScaleIO { get; set; }

    /// <summary>Keys of a secret as files.</summary>
    public SecretVolumeSource? Secret { get; set; }

    /// <summary>storageos.</summary>
    public StorageOSVolumeSource? Storageos { get; set; }

    /// <summary>vsphereVolume.</summary>
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }
}

/// <summary>VolumeProjection.</summary>
public sealed partial record VolumeProjection
{
    /// <summary>secret.</summary>
    [Proto(1)]
    public SecretProjection? Secret { get; set; }

    /// <summary>downwardAPI.</summary>
    [Proto(2)]
    public DownwardAPIProjection? DownwardAPI { get; set; }

    /// <summary>configMap.</summary>
    [Proto(3)]
    public ConfigMapProjection? ConfigMap { get; set; }

    /// <summary>serviceAccountToken.</summary>
    [Proto(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    /// <summary>clusterTrustBundle.</summary>
    [Proto(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }
}

/// <summary>VolumeResourceRequirements.</summary>
public sealed partial record VolumeResourceRequirements
{
    /// <summary>limits.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; set; }

    /// <summary>requests.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; set; }
}

/// <summary>VsphereVirtualDiskVolumeSource.</summary>
public sealed partial record VsphereVirtualDiskVolumeSource
{
    /// <summary>volumePath.</summary>
    [Proto(1), Required]
    public string? VolumePath { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>storagePolicyName.</summary>
    [Proto(3)]
    public string? StoragePolicyName { get; set; }

    /// <summary>storagePolicyID.</summary>
    [Proto(4)]
    public string? StoragePolicyID { get; set; }
}
