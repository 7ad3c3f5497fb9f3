using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What is allowed in a pod but hardly meant.</summary>
internal static class PodWarnings
{
    private static readonly (string Key, string Text)[] DeprecatedAnnotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    /// <summary>Warnings of a pod.</summary>
    public static IEnumerable<string> Of(Pod pod) => Of(pod.Spec, pod.Metadata.Annotations, "", isTemplate: false);

    /// <summary>Warnings of a template.</summary>
    public static IEnumerable<string> Of(PodTemplateSpec? template, string path) =>
        Of(template?.Spec, template?.Metadata?.Annotations, $"{path}.", isTemplate: true);

    private static IEnumerable<string> Of(PodSpec? spec, IReadOnlyDictionary<string, string>? notes, string prefix, bool isTemplate)
    {
        var (path, annotations) = ($"{prefix}spec", notes ?? new Dictionary<string, string>());
        if (spec is null)
            return [];
        return
        [
            .. PlacementWarnings.Nodes(spec, path),
            .. DeprecatedAnnotations.Where(d => annotations.ContainsKey(d.Key)).Select(d => $"{prefix}metadata.annotations[{d.Key}]: {d.Text}"),
            .. spec.Volumes.At($"{path}.volumes").SelectMany(v => Volumes(v.Item, v.Path)),
            .. Names(spec, path),
            .. Fractions((spec.Overhead, $"{path}.overhead")),
            .. ProfileWarnings.Of(spec, annotations, $"{prefix}metadata.annotations", isTemplate),
            .. PodContainers.Of(spec, path).SelectMany(c => Container(c.Container, c.Path)),
            .. PortWarnings.Of(spec, path),
            .. Grace(spec, path),
            .. PlacementWarnings.Pods(spec, path),
        ];
    }

    private static IEnumerable<string> Grace(PodSpec spec, string path)
    {
        if (spec.TerminationGracePeriodSeconds < 0)
            yield return $"{path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
    }

    /// <summary>Lists in which a key occurs twice: a client that merges them loses an item.</summary>
    private static IEnumerable<string> Names(PodSpec spec, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (alias, at) in spec.HostAliases.At($"{path}.hostAliases").Where(a => !seen.Add(a.Item.Ip ?? "")))
            yield return $"{at}.ip: duplicate ip \"{alias.Ip}\"";
        seen.Clear();
        foreach (var (secret, at) in spec.ImagePullSecrets.At($"{path}.imagePullSecrets").Where(s => !seen.Add(s.Item.Name ?? "")))
            yield return $"{at}.name: duplicate name \"{secret.Name}\"";
        foreach (var (_, at) in spec.ImagePullSecrets.At($"{path}.imagePullSecrets").Where(s => string.IsNullOrEmpty(s.Item.Name)))
            yield return $"{at}.name: invalid empty name \"\"";
    }

    private static IEnumerable<string> Volumes(Volume volume, string path)
    {
        (object? Source, string Text)[] deprecated =
        [
            (volume.PhotonPersistentDisk, "photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+"),
            (volume.GitRepo, "gitRepo: deprecated in v1.11"),
            (volume.ScaleIO, "scaleIO: deprecated in v1.16, non-functional in v1.22+"),
            (volume.Flocker, "flocker: deprecated in v1.22, non-functional in v1.25+"),
            (volume.Storageos, "storageOS: deprecated in v1.22, non-functional in v1.25+"),
            (volume.Quobyte, "quobyte: deprecated in v1.22, non-functional in v1.25+"),
            (volume.Glusterfs, "glusterfs: deprecated in v1.25, non-functional in v1.26+"),
            (volume.Cephfs, "cephfs: deprecated in v1.28, non-functional in v1.31+"),
            (volume.Rbd, "rbd: deprecated in v1.28, non-functional in v1.31+"),
        ];
        return deprecated.Where(d => d.Source is not null).Select(d => $"{path}.{d.Text}");
    }

    private static IEnumerable<string> Container(Container container, string path)
    {
        var resources = container.Resources;
        foreach (var warning in Fractions((resources?.Limits, $"{path}.resources.limits"), (resources?.Requests, $"{path}.resources.requests")))
            yield return warning;
        var names = new HashSet<string?>();
        foreach (var (variable, at) in container.Env.At($"{path}.env").Where(v => !names.Add(v.Item.Name)))
        {
            // A value that builds on the one before, as in PATH=$(PATH):/more, is meant.
            var reference = $"$({variable.Name})";
            var buildsOn = variable.ValueFrom is null && variable.Value != reference && variable.Value?.Contains(reference, StringComparison.Ordinal) == true;
            if (!buildsOn)
                yield return $"{at}: hides previous definition of \"{variable.Name}\", which may be dropped when using apply";
        }
    }

    private static IEnumerable<string> Fractions(params (IReadOnlyDictionary<string, Quantity>? Amounts, string Path)[] lists)
    {
        foreach (var name in new[] { "memory", "ephemeral-storage" })
        {
            foreach (var (amounts, path) in lists)
            {
                if (amounts is not null && amounts.TryGetValue(name, out var amount) && amount.Nanos % 1_000_000_000 != 0)
                    yield return $"{path}[{name}]: fractional byte value \"{amount}\" is invalid, must be an integer";
            }
        }
    }
}
