using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The fields of a pod that its own containers may ask for, through variables and volumes.</summary>
internal static class DownwardValidation
{
    /// <summary>Fields for environment variables.</summary>
    public static readonly string[] EnvironmentFields =
        ["metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"];

    /// <summary>Fields for files.</summary>
    public static readonly string[] VolumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    public static IEnumerable<FieldError> Field(ObjectFieldSelector selector, string[] supported, string path)
    {
        if (string.IsNullOrEmpty(selector.ApiVersion))
            yield return FieldError.Required($"{path}.apiVersion");
        if (string.IsNullOrEmpty(selector.FieldPath))
        {
            yield return FieldError.Required($"{path}.fieldPath");
            yield break;
        }

        var (name, key) = Subscript(selector.FieldPath);
        if (key is not null)
        {
            if (name is not ("metadata.annotations" or "metadata.labels"))
                yield return FieldError.Invalid($"{path}.fieldPath", selector.FieldPath, "does not support subscript");
            foreach (var error in NameFormats.QualifiedName(name == "metadata.annotations" ? key.ToLowerInvariant() : key))
                yield return FieldError.Invalid($"{path}.fieldPath", key, error);
        }
        else if (!supported.Contains(name))
            yield return FieldError.NotSupported($"{path}.fieldPath", name, supported);
    }

    public static IEnumerable<FieldError> Resource(ResourceFieldSelector selector, bool inVolume, string path)
    {
        if (inVolume && string.IsNullOrEmpty(selector.ContainerName))
            yield return FieldError.Required($"{path}.containerName");
        if (string.IsNullOrEmpty(selector.Resource))
            yield return FieldError.Required($"{path}.resource");
        else if (!Resources.Contains(selector.Resource) && !selector.Resource.Contains(".hugepages-", StringComparison.Ordinal))
            yield return FieldError.NotSupported($"{path}.resource", selector.Resource, Resources);
    }

    private static (string Name, string? Key) Subscript(string field)
    {
        var open = field.IndexOf("['", StringComparison.Ordinal);
        return open > 0 && field.EndsWith("']", StringComparison.Ordinal) ? (field[..open], field[(open + 2)..^2]) : (field, null);
    }
}
