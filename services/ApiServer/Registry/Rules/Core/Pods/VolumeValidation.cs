using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of volumes: one source each, unique names, paths that stay inside.</summary>
internal static class VolumeValidation
{
    private static readonly string[] HostPathTypes = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    public static IEnumerable<FieldError> Validate(IReadOnlyList<Volume> volumes, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count; i++)
        {
            var (volume, at) = (volumes[i], $"{path}[{i}]");
            if (string.IsNullOrEmpty(volume.Name))
                yield return FieldError.Required($"{at}.name");
            else
            {
                foreach (var error in NameFormats.DnsLabel(volume.Name))
                    yield return FieldError.Invalid($"{at}.name", volume.Name, error);
                if (!names.Add(volume.Name))
                    yield return FieldError.Duplicate($"{at}.name", volume.Name);
            }

            var sources = VolumeSources.Of(volume).ToList();
            if (sources.Count == 0)
                yield return FieldError.Required(at, "must specify a volume type");
            foreach (var extra in sources.Skip(1))
                yield return FieldError.Forbidden($"{at}.{extra}", "may not specify more than 1 volume type");
            foreach (var error in Source(volume, at))
                yield return error;
        }
    }

    /// <summary>The volumes of a pod, of which the last one has a name that two want.</summary>
    public static IReadOnlyDictionary<string, Volume> ByName(PodSpec spec)
    {
        var volumes = new Dictionary<string, Volume>(StringComparer.Ordinal);
        foreach (var volume in spec.Volumes ?? [])
            volumes[volume.Name ?? ""] = volume;
        return volumes;
    }

    /// <summary>A path that is relative and does not climb.</summary>
    public static IEnumerable<FieldError> LocalPath(string value, string path)
    {
        if (value.StartsWith('/'))
            yield return FieldError.Invalid(path, value, "must be a relative path");
        if (value.Split('/').Contains(".."))
            yield return FieldError.Invalid(path, value, "must not contain '..'");
    }

    private static IEnumerable<FieldError> Source(Volume volume, string path)
    {
        if (volume.HostPath is { } host)
        {
            if (string.IsNullOrEmpty(host.Path))
                yield return FieldError.Required($"{path}.hostPath.path");
            else if (host.Path.Split('/').Contains(".."))
                yield return FieldError.Invalid($"{path}.hostPath.path", host.Path, "must not contain '..'");
            if (!HostPathTypes.Contains(host.Type ?? ""))
                yield return FieldError.NotSupported($"{path}.hostPath.type", host.Type, HostPathTypes);
        }

        if (volume.EmptyDir?.SizeLimit is { Sign: < 0 } size)
            yield return FieldError.Forbidden($"{path}.emptyDir.sizeLimit", $"SizeLimit field must be a valid resource quantity: {size}");
        if (volume.Secret is { } secret)
        {
            if (string.IsNullOrEmpty(secret.SecretName))
                yield return FieldError.Required($"{path}.secret.secretName");
            foreach (var error in Files(secret.Items, secret.DefaultMode, $"{path}.secret"))
                yield return error;
        }

        if (volume.ConfigMap is { } configMap)
        {
            if (string.IsNullOrEmpty(configMap.Name))
                yield return FieldError.Required($"{path}.configMap.name");
            foreach (var error in Files(configMap.Items, configMap.DefaultMode, $"{path}.configMap"))
                yield return error;
        }

        if (volume.DownwardAPI is { } downward)
        {
            foreach (var error in Mode(downward.DefaultMode, $"{path}.downwardAPI.defaultMode"))
                yield return error;
            foreach (var error in Downward(downward.Items, $"{path}.downwardAPI.items"))
                yield return error;
        }

        if (volume.Projected is { } projected)
        {
            foreach (var error in Projected(projected, $"{path}.projected"))
                yield return error;
        }

        foreach (var error in VolumeSourceValidation.Validate(volume, path))
            yield return error;
    }

    private static IEnumerable<FieldError> Projected(ProjectedVolumeSource projected, string path)
    {
        foreach (var error in Mode(projected.DefaultMode, $"{path}.defaultMode"))
            yield return error;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (source, i) in (projected.Sources ?? []).Select((s, i) => (s, i)))
        {
            var at = $"{path}.sources[{i}]";
            var kinds = new object?[] { source.Secret, source.ConfigMap, source.DownwardAPI, source.ServiceAccountToken, source.ClusterTrustBundle }.Count(s => s is not null);
            if (kinds > 1)
                yield return FieldError.Forbidden(at, "may not specify more than 1 volume type");
            if (source.Secret is { } secret)
            {
                if (string.IsNullOrEmpty(secret.Name))
                    yield return FieldError.Required($"{at}.secret.name");
                foreach (var error in Files(secret.Items, null, $"{at}.secret"))
                    yield return error;
            }

            if (source.ConfigMap is { } configMap)
            {
                if (string.IsNullOrEmpty(configMap.Name))
                    yield return FieldError.Required($"{at}.configMap.name");
                foreach (var error in Files(configMap.Items, null, $"{at}.configMap"))
                    yield return error;
            }

            foreach (var error in Downward(source.DownwardAPI?.Items, $"{at}.downwardAPI.items"))
                yield return error;
            if (source.ServiceAccountToken is not { } token)
                continue;
            if (token.ExpirationSeconds < 600)
                yield return FieldError.Invalid($"{at}.serviceAccountToken.expirationSeconds", token.ExpirationSeconds, "may not specify a duration less than 10 minutes");
            if (string.IsNullOrEmpty(token.Path))
                yield return FieldError.Required($"{at}.serviceAccountToken.path");
            else if (!paths.Add(token.Path))
                yield return FieldError.Invalid($"{at}.serviceAccountToken.path", token.Path, "conflicting duplicate paths");
        }
    }

    private static IEnumerable<FieldError> Files(IReadOnlyList<KeyToPath>? items, int? mode, string path)
    {
        foreach (var error in Mode(mode, $"{path}.defaultMode"))
            yield return error;
        foreach (var (item, i) in (items ?? []).Select((item, i) => (item, i)))
        {
            var at = $"{path}.items[{i}]";
            if (string.IsNullOrEmpty(item.Key))
                yield return FieldError.Required($"{at}.key");
            if (string.IsNullOrEmpty(item.Path))
                yield return FieldError.Required($"{at}.path");
            else
            {
                foreach (var error in LocalPath(item.Path, $"{at}.path"))
                    yield return error;
            }

            foreach (var error in Mode(item.Mode, $"{at}.mode"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Downward(IReadOnlyList<DownwardAPIVolumeFile>? files, string path)
    {
        foreach (var (file, i) in (files ?? []).Select((f, i) => (f, i)))
        {
            var at = $"{path}[{i}]";
            if (string.IsNullOrEmpty(file.Path))
                yield return FieldError.Required($"{at}.path");
            else
            {
                foreach (var error in LocalPath(file.Path, $"{at}.path"))
                    yield return error;
            }

            if (file.FieldRef is null && file.ResourceFieldRef is null)
                yield return FieldError.Required(at, "one of fieldRef and resourceFieldRef is required");
            if (file.FieldRef is not null && file.ResourceFieldRef is not null)
                yield return FieldError.Invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            foreach (var error in file.FieldRef is { } field ? DownwardValidation.Field(field, DownwardValidation.VolumeFields, $"{at}.fieldRef") : [])
                yield return error;
            foreach (var error in file.ResourceFieldRef is { } r ? DownwardValidation.Resource(r, inVolume: true, $"{at}.resourceFieldRef") : [])
                yield return error;
            foreach (var error in Mode(file.Mode, $"{at}.mode"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Mode(int? mode, string path) =>
        mode is < 0 or > 511 ? [FieldError.Invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive")] : [];
}
