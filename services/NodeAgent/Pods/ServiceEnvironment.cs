using System.Globalization;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// The environment variables that announce services: <c>REDIS_SERVICE_HOST</c>, <c>REDIS_SERVICE_PORT</c>, and the seven <c>REDIS_PORT…</c>
/// of Docker's old links. A pod gets those of its own namespace, unless it declines them, and always those of the API server.
/// </summary>
internal static class ServiceEnvironment
{
    private const string MasterNamespace = "default";
    private const string MasterService = "kubernetes";

    public static IEnumerable<KeyValuePair<string, string>> Of(IEnumerable<Service> services, string ns, bool links)
    {
        var chosen = new SortedDictionary<string, Service>(StringComparer.Ordinal);
        foreach (var service in services.Where(s => HasAddress(s.Spec)))
        {
            var isMaster = service.Metadata.Namespace == MasterNamespace && service.Metadata.Name == MasterService;
            if (isMaster)
                chosen.TryAdd(MasterService, service);
            if (links && service.Metadata.Namespace == ns)
                chosen[service.Metadata.Name!] = service;
        }

        return chosen.Values.SelectMany(Variables);
    }

    private static bool HasAddress(ServiceSpec? spec) => spec?.ClusterIP is { Length: > 0 } and not "None";

    private static IEnumerable<KeyValuePair<string, string>> Variables(Service service)
    {
        var spec = service.Spec!;
        if (spec.Ports is not { Count: > 0 } ports)
            yield break;
        var prefix = Name(service.Metadata.Name!);
        var host = spec.ClusterIP!;
        yield return new(prefix + "_SERVICE_HOST", host);
        yield return new(prefix + "_SERVICE_PORT", Number(ports[0].Port));
        foreach (var port in ports.Where(p => !string.IsNullOrEmpty(p.Name)))
            yield return new($"{prefix}_SERVICE_PORT_{Name(port.Name!)}", Number(port.Port));
        yield return new(prefix + "_PORT", Url(ports[0], host));
        foreach (var port in ports)
        {
            var link = $"{prefix}_PORT_{Number(port.Port)}_{port.Protocol ?? "TCP"}".ToUpperInvariant();
            yield return new(link, Url(port, host));
            yield return new(link + "_PROTO", (port.Protocol ?? "TCP").ToLowerInvariant());
            yield return new(link + "_PORT", Number(port.Port));
            yield return new(link + "_ADDR", host);
        }
    }

    private static string Url(ServicePort port, string host) =>
        $"{(port.Protocol ?? "TCP").ToLowerInvariant()}://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{Number(port.Port)}";

    private static string Name(string name) => name.ToUpperInvariant().Replace('-', '_');

    private static string Number(int? port) => (port ?? 0).ToString(CultureInfo.InvariantCulture);
}
