namespace Platform.Api.Core.V1;

/// <summary>A directory or device that containers of a pod can mount.</summary>
public sealed partial record Volume
{
    /// <summary>Name of the volume, unique in the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    public AzureDiskVolumeSource? AzureDisk { get; set; }

    public AzureFileVolumeSource? AzureFile { get; set; }

    public CephFSVolumeSource? Cephfs { get; set; }

    public CinderVolumeSource? Cinder { get; set; }

    /// <summary>Keys of a config map as files.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; set; }

    public CSIVolumeSource? Csi { get; set; }

    /// <summary>Fields of the pod as files.</summary>
    public DownwardAPIVolumeSource? DownwardAPI { get; set; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; set; }

    public EphemeralVolumeSource? Ephemeral { get; set; }

    public FCVolumeSource? Fc { get; set; }

    public FlexVolumeSource? FlexVolume { get; set; }

    public FlockerVolumeSource? Flocker { get; set; }

    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    public GitRepoVolumeSource? GitRepo { get; set; }

    public GlusterfsVolumeSource? Glusterfs { get; set; }

    /// <summary>A path of the node.</summary>
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>Image reference.</summary>
    public ImageVolumeSource? Image { get; set; }

    public ISCSIVolumeSource? Iscsi { get; set; }

    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>A claim of a persistent volume.</summary>
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>Several sources in one directory.</summary>
    public ProjectedVolumeSource? Projected { get; set; }

    public QuobyteVolumeSource? Quobyte { get; set; }

    public RBDVolumeSource? Rbd { get; set; }

    public ScaleIOVolumeSource? ScaleIO { get; set; }

    /// <summary>Keys of a secret as files.</summary>
    public SecretVolumeSource? Secret { get; set; }

    public StorageOSVolumeSource? Storageos { get; set; }

    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }
}

public sealed partial record VolumeProjection
{
    [Proto(1)]
    public SecretProjection? Secret { get; set; }

    [Proto(2)]
    public DownwardAPIProjection? DownwardAPI { get; set; }

    [Proto(3)]
    public ConfigMapProjection? ConfigMap { get; set; }

    [Proto(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    [Proto(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }
}

public sealed partial record VolumeResourceRequirements
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; set; }
}

public sealed partial record VsphereVirtualDiskVolumeSource
{
    [Proto(1), Required]
    public string? VolumePath { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    [Proto(3)]
    public string? StoragePolicyName { get; set; }

    [Proto(4)]
    public string? StoragePolicyID { get; set; }
}
