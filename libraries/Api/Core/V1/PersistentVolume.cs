using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "persistentvolumes", "PersistentVolume", Scope = ResourceScope.Cluster, ShortNames = ["pv"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PersistentVolume : KubernetesObject
{
    [Proto(2)]
    public PersistentVolumeSpec? Spec { get; set; }

    [Proto(3)]
    public PersistentVolumeStatus? Status { get; set; }
}

public sealed partial record PersistentVolumeSpec
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    [Proto(4), MapType("granular")]
    public ObjectReference? ClaimRef { get; set; }

    [Proto(5)]
    public string? PersistentVolumeReclaimPolicy { get; set; }

    [Proto(6)]
    public string? StorageClassName { get; set; }

    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? MountOptions { get; set; }

    [Proto(8)]
    public string? VolumeMode { get; set; }

    [Proto(9)]
    public VolumeNodeAffinity? NodeAffinity { get; set; }

    [Proto(10)]
    public string? VolumeAttributesClassName { get; set; }

    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    public AzureDiskVolumeSource? AzureDisk { get; set; }

    public AzureFilePersistentVolumeSource? AzureFile { get; set; }

    public CephFSPersistentVolumeSource? Cephfs { get; set; }

    public CinderPersistentVolumeSource? Cinder { get; set; }

    public CSIPersistentVolumeSource? Csi { get; set; }

    public FCVolumeSource? Fc { get; set; }

    public FlexPersistentVolumeSource? FlexVolume { get; set; }

    public FlockerVolumeSource? Flocker { get; set; }

    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    public GlusterfsPersistentVolumeSource? Glusterfs { get; set; }

    public HostPathVolumeSource? HostPath { get; set; }

    public ISCSIPersistentVolumeSource? Iscsi { get; set; }

    public LocalVolumeSource? Local { get; set; }

    public NFSVolumeSource? Nfs { get; set; }

    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    public PortworxVolumeSource? PortworxVolume { get; set; }

    public QuobyteVolumeSource? Quobyte { get; set; }

    public RBDPersistentVolumeSource? Rbd { get; set; }

    public ScaleIOPersistentVolumeSource? ScaleIO { get; set; }

    public StorageOSPersistentVolumeSource? Storageos { get; set; }

    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }
}

public sealed partial record PersistentVolumeStatus
{
    [Proto(1)]
    public string? Phase { get; set; }

    [Proto(2)]
    public string? Message { get; set; }

    [Proto(3)]
    public string? Reason { get; set; }

    [Proto(4)]
    public DateTimeOffset? LastPhaseTransitionTime { get; set; }
}
