using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What is allowed in a pod spec but hardly meant.</summary>
internal static class PodWarnings
{
    private static readonly (string Key, bool IsPrefix, string Text)[] DeprecatedAnnotations =
    [
        ("seccomp.security.alpha.kubernetes.io/pod", false, "non-functional in v1.27+; use the \"seccompProfile\" field instead"),
        ("container.seccomp.security.alpha.kubernetes.io/", true, "non-functional in v1.27+; use the \"seccompProfile\" field instead"),
        ("container.apparmor.security.beta.kubernetes.io/", true, "deprecated since v1.30; use the \"appArmorProfile\" field instead"),
        ("scheduler.alpha.kubernetes.io/critical-pod", false, "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
    ];

    /// <summary>Warnings of a pod.</summary>
    public static IEnumerable<string> Of(Pod pod) => Of(pod.Spec, "spec").Concat(Annotations(pod.Metadata.Annotations, "metadata.annotations"));

    /// <summary>Warnings of a template.</summary>
    public static IEnumerable<string> Of(PodTemplateSpec? template, string path) =>
        Of(template?.Spec, $"{path}.spec").Concat(Annotations(template?.Metadata?.Annotations, $"{path}.metadata.annotations"));

    /// <summary>Warnings of a node selector's term.</summary>
    public static IEnumerable<string> DeprecatedKeys(NodeSelectorTerm? term, string path) => (term?.MatchExpressions ?? [])
        .Select((e, i) => (Key: e.Key ?? "", Index: i))
        .Where(e => NodeLabels.Deprecated.ContainsKey(e.Key))
        .Select(e => $"{path}.matchExpressions[{e.Index}].key: {e.Key} is {NodeLabels.Deprecated[e.Key]}");

    private static IEnumerable<string> Annotations(IReadOnlyDictionary<string, string>? annotations, string path) =>
        from annotation in (annotations ?? new Dictionary<string, string>()).OrderBy(a => a.Key, StringComparer.Ordinal)
        from known in DeprecatedAnnotations
        where known.IsPrefix ? annotation.Key.StartsWith(known.Key, StringComparison.Ordinal) : annotation.Key == known.Key
        select $"{path}[{annotation.Key}]: {known.Text}";

    private static IEnumerable<string> Placement(PodSpec spec, string path)
    {
        foreach (var key in (spec.NodeSelector ?? new Dictionary<string, string>()).Keys.Where(NodeLabels.Deprecated.ContainsKey).Order(StringComparer.Ordinal))
            yield return $"{path}.nodeSelector[{key}]: {NodeLabels.Deprecated[key]}";
        const string node = "affinity.nodeAffinity";
        foreach (var warning in (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [])
            .SelectMany((t, i) => DeprecatedKeys(t, $"{path}.{node}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[{i}]")))
            yield return warning;
        foreach (var warning in (spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
            .SelectMany((t, i) => DeprecatedKeys(t.Preference, $"{path}.{node}.preferredDuringSchedulingIgnoredDuringExecution[{i}].preference")))
            yield return warning;
        foreach (var (secret, i) in (spec.ImagePullSecrets ?? []).Select((s, i) => (s, i)).Where(s => string.IsNullOrEmpty(s.s.Name)))
            yield return $"{path}.imagePullSecrets[{i}].name: invalid empty name \"\"";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (alias, i) in (spec.HostAliases ?? []).Select((a, i) => (a, i)).Where(a => !seen.Add(a.a.Ip ?? "")))
            yield return $"{path}.hostAliases[{i}].ip: duplicate ip \"{alias.Ip}\"";
    }

    public static IEnumerable<string> Of(PodSpec? spec, string path)
    {
        if (spec is null)
            yield break;
        foreach (var warning in Placement(spec, path))
            yield return warning;
        foreach (var (list, field) in new[] { (spec.InitContainers ?? [], "initContainers"), (spec.Containers ?? [], "containers") })
        {
            for (var i = 0; i < list.Count; i++)
            {
                foreach (var warning in Container(list[i], $"{path}.{field}[{i}]"))
                    yield return warning;
            }
        }

        foreach (var (volume, i) in (spec.Volumes ?? []).Select((v, i) => (v, i)))
        {
            foreach (var text in Volumes(volume))
                yield return $"{path}.volumes[{i}].{text}";
        }

        if (spec.TerminationGracePeriodSeconds < 0)
            yield return $"{path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
    }

    private static IEnumerable<string> Volumes(Volume volume)
    {
        (object? Source, string Text)[] deprecated =
        [
            (volume.GitRepo, "gitRepo: deprecated in v1.11"),
            (volume.PhotonPersistentDisk, "photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+"),
            (volume.ScaleIO, "scaleIO: deprecated in v1.16, non-functional in v1.22+"),
            (volume.Storageos, "storageOS: deprecated in v1.22, non-functional in v1.25+"),
            (volume.Glusterfs, "glusterfs: deprecated in v1.25, non-functional in v1.26+"),
            (volume.Cephfs, "cephfs: deprecated in v1.28, non-functional in v1.31+"),
            (volume.Rbd, "rbd: deprecated in v1.28, non-functional in v1.31+"),
        ];
        return deprecated.Where(d => d.Source is not null).Select(d => d.Text);
    }

    private static IEnumerable<string> Container(Container container, string path)
    {
        var names = new HashSet<string?>();
        foreach (var (variable, i) in (container.Env ?? []).Select((v, i) => (v, i)))
        {
            if (!names.Add(variable.Name) && (variable.ValueFrom is not null || variable.Value?.Contains($"$({variable.Name})", StringComparison.Ordinal) != true))
                yield return $"{path}.env[{i}]: hides previous definition of \"{variable.Name}\", which may be dropped when using apply";
        }

        var ports = new Dictionary<(string?, int?, string?, int?), int>();
        foreach (var (port, i) in (container.Ports ?? []).Select((p, i) => (p, i)))
        {
            var key = (port.Protocol, port.ContainerPortValue, port.HostIP, port.HostPort);
            if (!ports.TryAdd(key, i))
                yield return $"{path}.ports[{i}]: duplicate port definition with {path}.ports[{ports[key]}]";
        }

        foreach (var (amounts, field) in new[] { (container.Resources?.Requests, "requests"), (container.Resources?.Limits, "limits") })
        {
            foreach (var name in new[] { "memory", "ephemeral-storage" })
            {
                if (amounts is not null && amounts.TryGetValue(name, out var amount) && amount.Nanos % 1_000_000_000 != 0)
                    yield return $"{path}.resources.{field}[{name}]: fractional byte value \"{amount}\" is invalid, must be an integer";
            }
        }
    }
}
