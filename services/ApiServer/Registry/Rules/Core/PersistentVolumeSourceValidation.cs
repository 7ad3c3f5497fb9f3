using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Where a persistent volume's data is: exactly one source, complete enough to be mounted.</summary>
internal static class PersistentVolumeSourceValidation
{
    private const string Recycle = "Recycle";

    public static IEnumerable<FieldError> Validate(PersistentVolumeSpec spec)
    {
        var present = Sources(spec).Where(s => s.Source is not null).ToList();
        if (present.Count == 0)
            yield return FieldError.Required("spec", "must specify a volume type");
        foreach (var (field, _) in present.Skip(1))
            yield return FieldError.Forbidden($"spec.{field}", "may not specify more than 1 volume type");
        IEnumerable<FieldError> findings = present.FirstOrDefault().Source switch
        {
            HostPathVolumeSource host => HostPath(host, spec),
            LocalVolumeSource local => Inside(local.Path, "spec.local.path"),
            NFSVolumeSource nfs => Nfs(nfs),
            CSIPersistentVolumeSource csi => Csi(csi),
            ISCSIPersistentVolumeSource iscsi => Needs(
                (iscsi.TargetPortal, "spec.iscsi.targetPortal"), (iscsi.Iqn, "spec.iscsi.iqn")),
            RBDPersistentVolumeSource rbd => Needs((rbd.Monitors?.FirstOrDefault(), "spec.rbd.monitors"), (rbd.Image, "spec.rbd.image")),
            CephFSPersistentVolumeSource ceph => Needs((ceph.Monitors?.FirstOrDefault(), "spec.cephfs.monitors")),
            AzureFilePersistentVolumeSource azure => Needs((azure.SecretName, "spec.azureFile.secretName"), (azure.ShareName, "spec.azureFile.shareName")),
            AWSElasticBlockStoreVolumeSource aws => Needs((aws.VolumeID, "spec.awsElasticBlockStore.volumeID")),
            GCEPersistentDiskVolumeSource gce => Needs((gce.PdName, "spec.gcePersistentDisk.pdName")),
            VsphereVirtualDiskVolumeSource disk => Needs((disk.VolumePath, "spec.vsphereVolume.volumePath")),
            CinderPersistentVolumeSource cinder => Needs((cinder.VolumeID, "spec.cinder.volumeID")),
            FlexPersistentVolumeSource flex => Needs((flex.Driver, "spec.flexVolume.driver")),
            PortworxVolumeSource portworx => Needs((portworx.VolumeID, "spec.portworxVolume.volumeID")),
            _ => [],
        };
        foreach (var error in findings)
            yield return error;
    }

    /// <summary>The part of a spec that never changes. Secrets for growing a CSI volume may be named later.</summary>
    public static PersistentVolumeSpec Fixed(PersistentVolumeSpec spec)
    {
        var source = spec with
        {
            Capacity = null,
            AccessModes = null,
            ClaimRef = null,
            PersistentVolumeReclaimPolicy = null,
            StorageClassName = null,
            MountOptions = null,
            VolumeMode = null,
            NodeAffinity = null,
            VolumeAttributesClassName = null,
        };
        if (source.Csi is { } csi)
            source.Csi = csi with { ControllerExpandSecretRef = null, NodeExpandSecretRef = null };
        return source;
    }

    public static IEnumerable<string> Warnings(PersistentVolumeSpec spec)
    {
        foreach (var (field, text) in new[]
        {
            (spec.Cephfs is null ? null : "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
            (spec.PhotonPersistentDisk is null ? null : "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
            (spec.ScaleIO is null ? null : "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
            (spec.Storageos is null ? null : "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
            (spec.Glusterfs is null ? null : "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
            (spec.Rbd is null ? null : "rbd", "deprecated in v1.28, non-functional in v1.31+"),
        })
        {
            if (field is not null)
                yield return $"spec.{field}: {text}";
        }
    }

    private static (string Field, object? Source)[] Sources(PersistentVolumeSpec spec) =>
    [
        ("hostPath", spec.HostPath), ("gcePersistentDisk", spec.GcePersistentDisk), ("awsElasticBlockStore", spec.AwsElasticBlockStore),
        ("glusterfs", spec.Glusterfs), ("flocker", spec.Flocker), ("nfs", spec.Nfs), ("rbd", spec.Rbd), ("quobyte", spec.Quobyte), ("cephfs", spec.Cephfs),
        ("iscsi", spec.Iscsi), ("cinder", spec.Cinder), ("fc", spec.Fc), ("flexVolume", spec.FlexVolume), ("azureFile", spec.AzureFile),
        ("vsphereVolume", spec.VsphereVolume), ("photonPersistentDisk", spec.PhotonPersistentDisk), ("portworxVolume", spec.PortworxVolume),
        ("azureDisk", spec.AzureDisk), ("scaleIO", spec.ScaleIO), ("local", spec.Local), ("storageos", spec.Storageos), ("csi", spec.Csi),
    ];

    private static IEnumerable<FieldError> Needs(params IReadOnlyList<(string? Value, string Path)> fields) =>
        fields.Where(f => string.IsNullOrEmpty(f.Value)).Select(f => FieldError.Required(f.Path));

    private static IEnumerable<FieldError> Inside(string? path, string field)
    {
        if (string.IsNullOrEmpty(path))
            yield return FieldError.Required(field);
        else if (path.Split('/').Contains(".."))
            yield return FieldError.Invalid(field, path, "must not contain '..'");
    }

    private static IEnumerable<FieldError> HostPath(HostPathVolumeSource host, PersistentVolumeSpec spec)
    {
        foreach (var error in Inside(host.Path, "spec.hostPath.path"))
            yield return error;
        if (host.Path?.TrimEnd('/') == "" && host.Path.Length > 0 && spec.PersistentVolumeReclaimPolicy == Recycle)
            yield return FieldError.Forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
    }

    private static IEnumerable<FieldError> Nfs(NFSVolumeSource nfs)
    {
        foreach (var error in Needs((nfs.Server, "spec.nfs.server"), (nfs.Path, "spec.nfs.path")))
            yield return error;
        if (nfs.Path?.StartsWith('/') != true)
            yield return FieldError.Invalid("spec.nfs.path", nfs.Path ?? "", "must be an absolute path");
    }

    private static IEnumerable<FieldError> Csi(CSIPersistentVolumeSource csi)
    {
        foreach (var error in Needs((csi.Driver, "spec.csi.driver"), (csi.VolumeHandle, "spec.csi.volumeHandle")))
            yield return error;
        foreach (var (secret, field) in new[]
        {
            (csi.ControllerPublishSecretRef, "controllerPublishSecretRef"), (csi.ControllerExpandSecretRef, "controllerExpandSecretRef"),
            (csi.NodePublishSecretRef, "nodePublishSecretRef"), (csi.NodeExpandSecretRef, "nodeExpandSecretRef"),
        })
        {
            if (secret is null)
                continue;
            foreach (var error in Needs((secret.Name, $"spec.csi.{field}.name"), (secret.Namespace, $"spec.csi.{field}.namespace")))
                yield return error;
        }
    }
}
