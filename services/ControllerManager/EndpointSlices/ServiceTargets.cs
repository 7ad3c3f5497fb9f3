using System.Net;
using System.Net.Sockets;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.EndpointSlices;

/// <summary>A port at which a pod answers for a service.</summary>
internal readonly record struct TargetPort(string Name, string Protocol, int Port, string? AppProtocol);

/// <summary>
/// Which pods a service reaches, and at which ports. A target port may be a name, which each pod resolves for itself: two pods of
/// one service may answer at different numbers.
/// </summary>
internal static class ServiceTargets
{
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>A service without selector keeps the endpoints that somebody else writes; one that is only a DNS alias has none.</summary>
    public static bool IsManaged(Service service) => service.Spec is { Selector.Count: > 0 } spec && spec.Type != "ExternalName";

    public static bool IsHeadless(Service service) => service.Spec?.ClusterIP is null or "" or "None";

    /// <summary>Whether a pod can be an endpoint at all: it has an address and its containers may still answer.</summary>
    public static bool HasEndpoint(Pod pod, bool includeTerminating) =>
        !PodStates.IsTerminal(pod) && Addresses(pod).Any() && (includeTerminating || pod.Metadata.DeletionTimestamp is null);

    public static IEnumerable<string> Addresses(Pod pod) => pod.Status?.PodIPs is { Count: > 0 } ips
        ? ips.Select(i => i.Ip!)
        : string.IsNullOrEmpty(pod.Status?.PodIP) ? [] : [pod.Status.PodIP];

    /// <summary>The pod's first address of a family (<c>IPv4</c> or <c>IPv6</c>).</summary>
    public static string? Address(Pod pod, string family) => Addresses(pod).FirstOrDefault(a =>
        IPAddress.TryParse(a, out var address) && address.AddressFamily == (family == "IPv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork));

    /// <summary>Families in which the service wants endpoints.</summary>
    public static IReadOnlyList<string> Families(Service service)
    {
        if (service.Spec?.IpFamilies is { Count: > 0 } families)
            return families;
        return service.Spec?.ClusterIP?.Contains(':', StringComparison.Ordinal) == true ? ["IPv6"] : ["IPv4"];
    }

    /// <summary>The ports of a pod in the order of the service's; a port whose name no container of the pod has is left out.</summary>
    public static IReadOnlyList<TargetPort> Ports(Service service, Pod pod)
    {
        List<TargetPort> result = [];
        foreach (var port in service.Spec?.Ports ?? [])
        {
            var protocol = port.Protocol ?? "TCP";
            if (Resolve(port, protocol, pod) is { } number)
                result.Add(new(port.Name ?? "", protocol, number, port.AppProtocol));
        }
        return result;
    }

    /// <summary>The host name under which a headless service publishes the pod; null where it does not.</summary>
    public static string? Hostname(Service service, Pod pod) =>
        !string.IsNullOrEmpty(pod.Spec?.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;

    public static ObjectReference Reference(Pod pod) => new()
    {
        Kind = "Pod",
        Namespace = pod.Metadata.Namespace,
        Name = pod.Metadata.Name,
        Uid = pod.Metadata.Uid,
    };

    private static int? Resolve(ServicePort port, string protocol, Pod pod)
    {
        if (port.TargetPort is not { } target || target.Text is null && target.Number == 0 || target.Text is "")
            return port.Port;
        if (target.Text is null)
            return target.Number;
        // Restartable init containers are sidecars: they serve like any container.
        var containers = (pod.Spec?.Containers ?? []).Concat((pod.Spec?.InitContainers ?? []).Where(c => c.RestartPolicy == "Always"));
        return containers.SelectMany(c => c.Ports ?? [])
            .FirstOrDefault(p => p.Name == target.Text && (p.Protocol ?? "TCP") == protocol)?.ContainerPortValue;
    }
}
