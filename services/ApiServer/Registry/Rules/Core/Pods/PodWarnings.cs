using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What is allowed in a pod spec but hardly meant.</summary>
internal static class PodWarnings
{
    public static IEnumerable<string> Of(PodSpec? spec, string path)
    {
        if (spec is null)
            yield break;
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
            if (volume.GitRepo is not null)
                yield return $"{path}.volumes[{i}].gitRepo: deprecated in v1.11";
        }

        if (spec.TerminationGracePeriodSeconds < 0)
            yield return $"{path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
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
            if (amounts is not null && amounts.TryGetValue("memory", out var memory) && memory.Nanos % 1_000_000_000 != 0)
                yield return $"{path}.resources.{field}[memory]: fractional byte value \"{memory}\" is invalid, must be an integer";
        }
    }
}
