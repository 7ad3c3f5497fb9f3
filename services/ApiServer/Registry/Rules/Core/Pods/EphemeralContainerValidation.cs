using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of ephemeral containers: named like none of the pod's other containers, and without what keeps a container going.</summary>
internal static class EphemeralContainerValidation
{
    private const string NotHere = "cannot be set for an Ephemeral Container";

    public static IEnumerable<FieldError> Validate(PodSpec spec, string path)
    {
        var targets = (spec.Containers ?? []).Concat(spec.InitContainers ?? []).Select(c => c.Name ?? "").ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(targets, StringComparer.Ordinal);
        var volumes = VolumeValidation.ByName(spec);
        for (var i = 0; i < (spec.EphemeralContainers?.Count ?? 0); i++)
        {
            var (container, at) = (spec.EphemeralContainers![i], $"{path}[{i}]");
            foreach (var error in ContainerValidation.Validate(Common(container), volumes, init: false, spec, at))
                yield return error;
            if (!string.IsNullOrEmpty(container.Name) && !names.Add(container.Name))
                yield return FieldError.Duplicate($"{at}.name", container.Name);
            if (!string.IsNullOrEmpty(container.TargetContainerName) && !targets.Contains(container.TargetContainerName))
                yield return new FieldError(FieldErrorType.FieldValueNotFound, $"{at}.targetContainerName", container.TargetContainerName, "");
            foreach (var error in Absent(container, at))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Absent(EphemeralContainer container, string path)
    {
        (string Field, bool Present)[] fields =
        [
            ("ports", container.Ports is { Count: > 0 }), ("livenessProbe", container.LivenessProbe is not null),
            ("readinessProbe", container.ReadinessProbe is not null), ("startupProbe", container.StartupProbe is not null),
            ("lifecycle", container.Lifecycle is not null),
            ("resources", container.Resources is { Limits.Count: > 0 } or { Requests.Count: > 0 } or { Claims.Count: > 0 }),
            ("resizePolicy", container.ResizePolicy is { Count: > 0 }), ("restartPolicy", !string.IsNullOrEmpty(container.RestartPolicy)),
        ];
        foreach (var (field, _) in fields.Where(f => f.Present))
            yield return FieldError.Forbidden($"{path}.{field}", NotHere);
        foreach (var (mount, i) in (container.VolumeMounts ?? []).Select((m, i) => (m, i)))
        {
            if (!string.IsNullOrEmpty(mount.SubPath))
                yield return FieldError.Forbidden($"{path}.volumeMounts[{i}].subPath", NotHere);
            if (!string.IsNullOrEmpty(mount.SubPathExpr))
                yield return FieldError.Forbidden($"{path}.volumeMounts[{i}].subPathExpr", NotHere);
        }
    }

    /// <summary>What an ephemeral container has in common with others.</summary>
    private static Container Common(EphemeralContainer container) => new()
    {
        Name = container.Name,
        Image = container.Image,
        ImagePullPolicy = container.ImagePullPolicy,
        TerminationMessagePath = container.TerminationMessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy,
        Env = container.Env,
        EnvFrom = container.EnvFrom,
        VolumeMounts = container.VolumeMounts,
        VolumeDevices = container.VolumeDevices,
        SecurityContext = container.SecurityContext,
    };
}
