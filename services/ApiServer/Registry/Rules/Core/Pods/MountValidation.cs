using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of how a container gets volumes: as directories or as raw devices.</summary>
internal static class MountValidation
{
    private static readonly string[] Propagations = ["Bidirectional", "HostToContainer", "None"];

    /// <param name="container">The container.</param>
    /// <param name="volumes">The pod's volumes by name.</param>
    /// <param name="path">Path of the container.</param>
    public static IEnumerable<FieldError> Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, string path) =>
    [
        .. Mounts(container, volumes, $"{path}.volumeMounts"),
        .. Devices(container, volumes, $"{path}.volumeDevices"),
    ];

    private static IEnumerable<FieldError> Mounts(Container container, IReadOnlyDictionary<string, Volume> volumes, string path)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var devices = container.VolumeDevices ?? [];
        foreach (var (mount, at) in container.VolumeMounts.At(path))
        {
            if (string.IsNullOrEmpty(mount.Name))
                yield return FieldError.Required($"{at}.name");
            else if (!volumes.ContainsKey(mount.Name))
                yield return new FieldError(FieldErrorType.FieldValueNotFound, $"{at}.name", mount.Name, "");
            if (string.IsNullOrEmpty(mount.MountPath))
                yield return FieldError.Required($"{at}.mountPath");
            else if (!paths.Add(mount.MountPath))
                yield return FieldError.Invalid($"{at}.mountPath", mount.MountPath, "must be unique");
            if (devices.Any(d => d.Name == mount.Name))
                yield return FieldError.Invalid($"{at}.name", mount.Name, "must not already exist in volumeDevices");
            if (devices.Any(d => d.DevicePath == mount.MountPath))
                yield return FieldError.Invalid($"{at}.mountPath", mount.MountPath, "must not already exist as a path in volumeDevices");
            foreach (var error in Part(mount, at, path))
                yield return error;
            if (mount.MountPropagation is not { Length: > 0 } propagation)
                continue;
            if (!Propagations.Contains(propagation))
                yield return FieldError.NotSupported($"{path}.mountPropagation", propagation, Propagations);
            if (propagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
                yield return FieldError.Forbidden($"{path}.mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    /// <summary>The part of a volume that is mounted. Upstream names these fields, and the propagation, without the mount's index.</summary>
    private static IEnumerable<FieldError> Part(VolumeMount mount, string at, string path)
    {
        if (mount.SubPath is { Length: > 0 } part)
        {
            foreach (var error in VolumeValidation.LocalPath(part, $"{path}.subPath"))
                yield return error;
        }

        if (mount.SubPathExpr is not { Length: > 0 } expression)
            yield break;
        if (!string.IsNullOrEmpty(mount.SubPath))
            yield return FieldError.Invalid($"{at}.subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        foreach (var error in VolumeValidation.LocalPath(expression, $"{path}.subPathExpr"))
            yield return error;
    }

    private static IEnumerable<FieldError> Devices(Container container, IReadOnlyDictionary<string, Volume> volumes, string path)
    {
        var (names, paths) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var mounts = container.VolumeMounts ?? [];
        foreach (var (device, at) in container.VolumeDevices.At(path))
        {
            var (name, devicePath) = (device.Name ?? "", device.DevicePath ?? "");
            if (name.Length == 0)
                yield return FieldError.Required($"{at}.name");
            else if (!names.Add(name))
                yield return FieldError.Invalid($"{at}.name", name, "must be unique");
            if (!volumes.TryGetValue(name, out var volume))
                yield return new FieldError(FieldErrorType.FieldValueNotFound, $"{at}.name", name, "");
            else if (volume is { PersistentVolumeClaim: null, Ephemeral: null })
                yield return FieldError.Invalid($"{at}.name", name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            if (devicePath.Length == 0)
                yield return FieldError.Required($"{at}.devicePath");
            if (devicePath.Split('/').Contains(".."))
                yield return FieldError.Invalid($"{at}.devicePath", devicePath, "can not contain backsteps ('..')");
            else if (!paths.Add(devicePath))
                yield return FieldError.Invalid($"{at}.devicePath", devicePath, "must be unique");
            if (mounts.Any(m => m.Name == name))
                yield return FieldError.Invalid($"{at}.name", name, "must not already exist in volumeMounts");
            if (mounts.Any(m => m.MountPath == devicePath))
                yield return FieldError.Invalid($"{at}.devicePath", devicePath, "must not already exist as a path in volumeMounts");
        }
    }
}
