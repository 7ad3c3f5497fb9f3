using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>Which kinds of source a volume names; exactly one is right.</summary>
internal static class VolumeSources
{
    /// <summary>JSON names of the sources that are set.</summary>
    public static IEnumerable<string> Of(Volume volume) =>
        All(volume).Where(s => s.Value is not null).Select(s => s.Name);

    private static IEnumerable<(string Name, object? Value)> All(Volume v) =>
    [
        ("emptyDir", v.EmptyDir), ("hostPath", v.HostPath), ("configMap", v.ConfigMap), ("secret", v.Secret), ("projected", v.Projected),
        ("downwardAPI", v.DownwardAPI), ("persistentVolumeClaim", v.PersistentVolumeClaim), ("csi", v.Csi), ("ephemeral", v.Ephemeral),
        ("image", v.Image), ("nfs", v.Nfs), ("iscsi", v.Iscsi), ("fc", v.Fc), ("gitRepo", v.GitRepo), ("rbd", v.Rbd), ("cephfs", v.Cephfs),
        ("glusterfs", v.Glusterfs), ("flexVolume", v.FlexVolume), ("flocker", v.Flocker), ("cinder", v.Cinder), ("quobyte", v.Quobyte),
        ("azureFile", v.AzureFile), ("azureDisk", v.AzureDisk), ("awsElasticBlockStore", v.AwsElasticBlockStore),
        ("gcePersistentDisk", v.GcePersistentDisk), ("vsphereVolume", v.VsphereVolume), ("photonPersistentDisk", v.PhotonPersistentDisk),
        ("portworxVolume", v.PortworxVolume), ("scaleIO", v.ScaleIO), ("storageos", v.Storageos),
    ];
}
