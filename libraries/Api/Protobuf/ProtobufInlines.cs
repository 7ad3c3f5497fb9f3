using Platform.Api.Core.V1;

namespace Platform.Api.Protobuf;

/// <summary>
/// Fields that JSON shows in the object itself, but that protobuf keeps in an embedded message: Go embeds a structure there, and its JSON encoder
/// flattens it. Each is named by the number of the embedded message and its own number within.
/// </summary>
internal static class ProtobufInlines
{
    private static readonly string[] VolumeSources =
    [
        "hostPath", "emptyDir", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "secret", "nfs", "iscsi", "glusterfs", "persistentVolumeClaim",
        "rbd", "flexVolume", "cinder", "cephfs", "flocker", "downwardAPI", "fc", "azureFile", "configMap", "vsphereVolume", "quobyte", "azureDisk",
        "photonPersistentDisk", "portworxVolume", "scaleIO", "projected", "storageos", "csi", "ephemeral", "image",
    ];

    private static readonly string[] ProbeHandlers = ["exec", "httpGet", "tcpSocket", "grpc"];

    private static readonly HashSet<Type> NameReferences =
    [
        typeof(ConfigMapKeySelector), typeof(SecretKeySelector), typeof(ConfigMapEnvSource), typeof(SecretEnvSource), typeof(ConfigMapVolumeSource),
        typeof(ConfigMapProjection), typeof(SecretProjection),
    ];

    /// <summary>Where an inlined field is; null where it is not on the wire.</summary>
    public static (int Message, int Number)? Find(Type type, string field)
    {
        if (type == typeof(Volume))
            return Within(2, VolumeSources, field);
        if (type == typeof(Probe))
            return Within(1, ProbeHandlers, field);
        if (type == typeof(EphemeralContainer))
            return Schema.TypeSchema.Of(typeof(Container)).Find(field)?.Proto is { } number ? (1, number) : null;
        return NameReferences.Contains(type) && field == "name" ? (1, 1) : null;
    }

    private static (int, int)? Within(int message, string[] fields, string field) =>
        Array.IndexOf(fields, field) is >= 0 and var index ? (message, index + 1) : null;
}
