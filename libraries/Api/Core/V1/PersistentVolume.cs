using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Storage in the cluster that a claim can be bound to.</summary>
[Resource("", "v1", "persistentvolumes", "PersistentVolume", Scope = ResourceScope.Cluster, ShortNames = ["pv"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PersistentVolume : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public PersistentVolumeSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public PersistentVolumeStatus? Status { get; set; }
}

/// <summary>Where the storage is and how it may be used. Exactly one source is set.</summary>
public sealed partial record PersistentVolumeSpec
{
    /// <summary>What it offers: storage, in bytes.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    /// <summary>Claim that it is bound to, or reserved for.</summary>
    [Proto(4), MapType("granular")]
    public ObjectReference? ClaimRef { get; set; }

    /// <summary>When the claim is gone: Retain (default by hand), Delete (default when provisioned) or Recycle (deprecated).</summary>
    [Proto(5), Enum("Delete", "Recycle", "Retain")]
    public string? PersistentVolumeReclaimPolicy { get; set; }

    /// <summary>Class; '' for none.</summary>
    [Proto(6)]
    public string? StorageClassName { get; set; }

    /// <summary>Options of the mount, not checked.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? MountOptions { get; set; }

    /// <summary>Filesystem (default) or Block.</summary>
    [Proto(8), Enum("Block", "Filesystem")]
    public string? VolumeMode { get; set; }

    /// <summary>Nodes from which it can be reached.</summary>
    [Proto(9)]
    public VolumeNodeAffinity? NodeAffinity { get; set; }

    /// <summary>Class of attributes that it has.</summary>
    [Proto(10)]
    public string? VolumeAttributesClassName { get; set; }

    /// <summary>An AWS disk. Handled by its CSI driver.</summary>
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>An Azure disk. Handled by its CSI driver.</summary>
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>An Azure share. Handled by its CSI driver.</summary>
    public AzureFilePersistentVolumeSource? AzureFile { get; set; }

    /// <summary>A CephFS mount. No longer supported.</summary>
    public CephFSPersistentVolumeSource? Cephfs { get; set; }

    /// <summary>An OpenStack disk. Handled by its CSI driver.</summary>
    public CinderPersistentVolumeSource? Cinder { get; set; }

    /// <summary>Storage of a CSI driver.</summary>
    public CSIPersistentVolumeSource? Csi { get; set; }

    /// <summary>A Fibre Channel disk.</summary>
    public FCVolumeSource? Fc { get; set; }

    /// <summary>A volume from an exec driver on the node. Deprecated.</summary>
    public FlexPersistentVolumeSource? FlexVolume { get; set; }

    /// <summary>A Flocker volume. No longer supported.</summary>
    public FlockerVolumeSource? Flocker { get; set; }

    /// <summary>A Google disk. Handled by its CSI driver.</summary>
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>A Glusterfs volume. No longer supported.</summary>
    public GlusterfsPersistentVolumeSource? Glusterfs { get; set; }

    /// <summary>A folder of the node; for one-node clusters.</summary>
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>An iSCSI disk.</summary>
    public ISCSIPersistentVolumeSource? Iscsi { get; set; }

    /// <summary>A disk or folder that stays with one node.</summary>
    public LocalVolumeSource? Local { get; set; }

    /// <summary>A share of an NFS server.</summary>
    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>A Photon disk. No longer supported.</summary>
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>A Portworx volume. Handled by its CSI driver.</summary>
    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>A Quobyte volume. No longer supported.</summary>
    public QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>A Ceph block device. No longer supported.</summary>
    public RBDPersistentVolumeSource? Rbd { get; set; }

    /// <summary>A ScaleIO volume. No longer supported.</summary>
    public ScaleIOPersistentVolumeSource? ScaleIO { get; set; }

    /// <summary>A StorageOS volume. No longer supported.</summary>
    public StorageOSPersistentVolumeSource? Storageos { get; set; }

    /// <summary>A vSphere disk. Handled by its CSI driver.</summary>
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }
}

/// <summary>State of a volume.</summary>
public sealed partial record PersistentVolumeStatus
{
    /// <summary>Pending, Available, Bound, Released or Failed.</summary>
    [Proto(1), Enum("Available", "Bound", "Failed", "Pending", "Released")]
    public string? Phase { get; set; }

    /// <summary>Explanation of the state.</summary>
    [Proto(2)]
    public string? Message { get; set; }

    /// <summary>Word in CamelCase for a failure.</summary>
    [Proto(3)]
    public string? Reason { get; set; }

    /// <summary>When the phase last changed.</summary>
    [Proto(4)]
    public DateTimeOffset? LastPhaseTransitionTime { get; set; }
}
