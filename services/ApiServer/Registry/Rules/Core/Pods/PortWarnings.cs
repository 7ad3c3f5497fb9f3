using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>Ports that several definitions in a pod's containers speak of.</summary>
internal static class PortWarnings
{
    public static IEnumerable<string> Of(PodSpec spec, string path)
    {
        var known = new Dictionary<(int?, string?), List<(ContainerPort Port, string Path)>>();
        foreach (var (port, at) in PodContainers.Of(spec, path).SelectMany(c => c.Container.Ports.At($"{c.Path}.ports")))
        {
            if (!string.IsNullOrEmpty(port.HostIP) && port.HostPort is null or 0)
                yield return $"{at}: hostIP set without hostPort: {Show(port)}";
            if (!known.TryGetValue((port.ContainerPortValue, port.Protocol), out var others))
                known[(port.ContainerPortValue, port.Protocol)] = others = [];
            foreach (var other in others)
            {
                if (Clash(port, other.Port) is { } how)
                    yield return $"{at}: {how} port definition with {other.Path}";
            }

            others.Add((port, at));
        }
    }

    /// <summary>What two definitions of the same port are to each other; null where both can be meant.</summary>
    private static string? Clash(ContainerPort one, ContainerPort other)
    {
        var (ip, otherIp) = (one.HostIP ?? "", other.HostIP ?? "");
        var (host, otherHost) = (one.HostPort ?? 0, other.HostPort ?? 0);
        if (ip == otherIp && host == otherHost)
            return "duplicate";
        if (host == 0 || otherHost == 0)
            return "overlapping";
        return host == otherHost && (ip.Length == 0) != (otherIp.Length == 0) ? "dangerously ambiguous" : null;
    }

    /// <summary>A port as upstream prints it.</summary>
    private static string Show(ContainerPort port) =>
        $"{{Name:{port.Name} HostPort:{port.HostPort ?? 0} ContainerPort:{port.ContainerPortValue ?? 0} Protocol:{port.Protocol} HostIP:{port.HostIP}}}";
}
