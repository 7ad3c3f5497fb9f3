using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.Api.Networking.V1;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Where a field is in the protobuf form of its type: its number, or, for what JSON shows in the object itself but protobuf keeps in an embedded
/// message, the numbers of the messages around it and its own. (Go embeds a structure there, and its JSON encoder flattens it.) Also the numbers of
/// fields whose name in upstream's protobuf files is not the one in JSON.
/// </summary>
internal static class ProtobufPaths
{
    private static readonly string[] VolumeSources =
    [
        "hostPath", "emptyDir", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "secret", "nfs", "iscsi", "glusterfs", "persistentVolumeClaim",
        "rbd", "flexVolume", "cinder", "cephfs", "flocker", "downwardAPI", "fc", "azureFile", "configMap", "vsphereVolume", "quobyte", "azureDisk",
        "photonPersistentDisk", "portworxVolume", "scaleIO", "projected", "storageos", "csi", "ephemeral", "image",
    ];

    private static readonly string[] PersistentVolumeSources =
    [
        "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd", "iscsi", "cinder", "cephfs", "fc", "flocker", "flexVolume",
        "azureFile", "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "local", "storageos", "csi",
    ];

    private static readonly string[] ProbeHandlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    private static readonly string[] RuleFields = ["apiGroups", "apiVersions", "resources", "scope"];

    private static readonly HashSet<Type> NameReferences =
    [
        typeof(ConfigMapKeySelector), typeof(SecretKeySelector), typeof(ConfigMapEnvSource), typeof(SecretEnvSource), typeof(ConfigMapVolumeSource),
        typeof(ConfigMapProjection), typeof(SecretProjection),
    ];

    private static readonly Dictionary<(Type, string), int[]> Special = new()
    {
        [(typeof(APIResource), "verbs")] = [4, 1],
        [(typeof(MutatingWebhookConfiguration), "webhooks")] = [2],
        [(typeof(ValidatingWebhookConfiguration), "webhooks")] = [2],
        [(typeof(AdmissionRegistration.V1.Validation), "expression")] = [1],
        [(typeof(Variable), "name")] = [1],
        [(typeof(Variable), "expression")] = [2],
        [(typeof(BoundObjectReference), "uid")] = [4],
        [(typeof(IngressClassParametersReference), "apiGroup")] = [1],
        [(typeof(IngressRule), "http")] = [2, 1],
        [(typeof(NamedRuleWithOperations), "operations")] = [2, 1],
        [(typeof(JSONSchemaProps), "$schema")] = [2],
        [(typeof(JSONSchemaProps), "$ref")] = [3],
        [(typeof(JSONSchemaProps), "x-kubernetes-preserve-unknown-fields")] = [38],
        [(typeof(JSONSchemaProps), "x-kubernetes-embedded-resource")] = [39],
        [(typeof(JSONSchemaProps), "x-kubernetes-int-or-string")] = [40],
        [(typeof(JSONSchemaProps), "x-kubernetes-list-map-keys")] = [41],
        [(typeof(JSONSchemaProps), "x-kubernetes-list-type")] = [42],
        [(typeof(JSONSchemaProps), "x-kubernetes-map-type")] = [43],
        [(typeof(JSONSchemaProps), "x-kubernetes-validations")] = [44],
    };

    /// <summary>The numbers on the way to a field, its own last; null where it is not on the wire, as kind and version, which the envelope carries.</summary>
    public static int[]? Of(Type type, FieldSchema field)
    {
        if (Special.TryGetValue((type, field.Name), out var path))
            return path;
        if (field.Proto is { } number)
            return [number];
        if (type == typeof(Volume))
            return Within([2], VolumeSources, field.Name);
        if (type == typeof(PersistentVolumeSpec))
            return Within([2], PersistentVolumeSources, field.Name);
        if (type == typeof(Probe))
            return Within([1], ProbeHandlers, field.Name);
        if (type == typeof(NamedRuleWithOperations))
            return Within([2, 2], RuleFields, field.Name);
        if (type == typeof(RuleWithOperations))
            return Within([2], RuleFields, field.Name);
        if (type == typeof(EphemeralContainer))
            return TypeSchema.Of(typeof(Container)).Find(field.Name)?.Proto is { } inContainer ? [1, inContainer] : null;
        return NameReferences.Contains(type) && field.Name == "name" ? [1, 1] : null;
    }

    private static int[]? Within(int[] messages, string[] fields, string field) =>
        Array.IndexOf(fields, field) is >= 0 and var index ? [.. messages, index + 1] : null;
}
