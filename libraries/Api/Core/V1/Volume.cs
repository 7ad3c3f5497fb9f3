namespace Platform.Api.Core.V1;

/// <summary>A directory or device that containers of a pod can mount.</summary>
public sealed partial record Volume
{
    /// <summary>Name of the volume, unique in the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>An AWS disk. Handled by its CSI driver.</summary>
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>An Azure disk. Handled by its CSI driver.</summary>
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>An Azure share. Handled by its CSI driver.</summary>
    public AzureFileVolumeSource? AzureFile { get; set; }

    /// <summary>A CephFS mount. No longer supported.</summary>
    public CephFSVolumeSource? Cephfs { get; set; }

    /// <summary>An OpenStack disk. Handled by its CSI driver.</summary>
    public CinderVolumeSource? Cinder { get; set; }

    /// <summary>Keys of a config map as files.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; set; }

    /// <summary>Short-lived storage of a CSI driver.</summary>
    public CSIVolumeSource? Csi { get; set; }

    /// <summary>Fields of the pod as files.</summary>
    public DownwardAPIVolumeSource? DownwardAPI { get; set; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; set; }

    /// <summary>A claim that lives as long as the pod.</summary>
    public EphemeralVolumeSource? Ephemeral { get; set; }

    /// <summary>A Fibre Channel disk.</summary>
    public FCVolumeSource? Fc { get; set; }

    /// <summary>A volume from an exec driver on the node. Deprecated.</summary>
    public FlexVolumeSource? FlexVolume { get; set; }

    /// <summary>A Flocker volume. No longer supported.</summary>
    public FlockerVolumeSource? Flocker { get; set; }

    /// <summary>A Google disk. Handled by its CSI driver.</summary>
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>A clone of a Git repository. Deprecated.</summary>
    public GitRepoVolumeSource? GitRepo { get; set; }

    /// <summary>A Glusterfs volume. No longer supported.</summary>
    public GlusterfsVolumeSource? Glusterfs { get; set; }

    /// <summary>A path of the node.</summary>
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>Image reference.</summary>
    public ImageVolumeSource? Image { get; set; }

    /// <summary>An iSCSI disk.</summary>
    public ISCSIVolumeSource? Iscsi { get; set; }

    /// <summary>A share of an NFS server.</summary>
    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>A claim of a persistent volume.</summary>
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    /// <summary>A Photon disk. No longer supported.</summary>
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>A Portworx volume. Handled by its CSI driver.</summary>
    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>Several sources in one directory.</summary>
    public ProjectedVolumeSource? Projected { get; set; }

    /// <summary>A Quobyte volume. No longer supported.</summary>
    public QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>A Ceph block device. No longer supported.</summary>
    public RBDVolumeSource? Rbd { get; set; }

    /// <summary>A ScaleIO volume. No longer supported.</summary>
    public ScaleIOVolumeSource? ScaleIO { get; set; }

    /// <summary>Keys of a secret as files.</summary>
    public SecretVolumeSource? Secret { get; set; }

    /// <summary>A StorageOS volume. No longer supported.</summary>
    public StorageOSVolumeSource? Storageos { get; set; }

    /// <summary>A vSphere disk. Handled by its CSI driver.</summary>
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }
}

/// <summary>One source of a projected volume; exactly one is set.</summary>
public sealed partial record VolumeProjection
{
    /// <summary>Entries of a Secret.</summary>
    [Proto(1)]
    public SecretProjection? Secret { get; set; }

    /// <summary>Fields of the pod.</summary>
    [Proto(2)]
    public DownwardAPIProjection? DownwardAPI { get; set; }

    /// <summary>Entries of a ConfigMap.</summary>
    [Proto(3)]
    public ConfigMapProjection? ConfigMap { get; set; }

    /// <summary>A token of the pod's service account.</summary>
    [Proto(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    /// <summary>Certificates of a trust bundle.</summary>
    [Proto(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }
}

/// <summary>How much storage is wanted.</summary>
public sealed partial record VolumeResourceRequirements
{
    /// <summary>Greatest amounts.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; set; }

    /// <summary>Least amounts; storage is needed.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; set; }
}

/// <summary>A vSphere disk. Handled by its CSI driver.</summary>
public sealed partial record VsphereVirtualDiskVolumeSource
{
    /// <summary>Path of the disk.</summary>
    [Proto(1), Required]
    public string? VolumePath { get; set; }

    /// <summary>File system to mount; the driver's default when empty.</summary>
    [Proto(2)]
    public string? FsType { get; set; }

    /// <summary>Storage policy of vSphere by which the disk is placed.</summary>
    [Proto(3)]
    public string? StoragePolicyName { get; set; }

    /// <summary>Identifier of the storage policy.</summary>
    [Proto(4)]
    public string? StoragePolicyID { get; set; }
}
