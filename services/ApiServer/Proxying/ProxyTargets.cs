using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Streaming;

namespace Platform.ApiServer.Proxying;

/// <summary>Where the proxy subresource of a node, pod or service leads.</summary>
internal sealed class ProxyTargets(IObjectReader reader, ServiceEndpoints endpoints, NodeConnections nodes, BackendConnections backends)
{
    private const int AgentPort = 10250;

    /// <summary>The base of the URLs, and the connections to use.</summary>
    public (Uri Base, HttpMessageInvoker Invoker) Find(RequestInfo info) => info.Resource switch
    {
        "nodes" => Node(ProxiedName.Parse(info.Name, "node")),
        "pods" => Pod(info.Namespace, ProxiedName.Parse(info.Name, "pod")),
        _ => Service(info.Namespace, ProxiedName.Parse(info.Name, "service")),
    };

    private (Uri Base, HttpMessageInvoker Invoker) Node(ProxiedName asked)
    {
        var agent = nodes.AgentOf(asked.Name);
        if (asked.Port.Length == 0 || asked.Port == agent.Port.ToString(CultureInfo.InvariantCulture))
            return (agent, nodes.To(asked.Name));
        return Plain(asked.Scheme, agent.Host, Number(asked.Port, AgentPort));
    }

    private (Uri Base, HttpMessageInvoker Invoker) Pod(string ns, ProxiedName asked)
    {
        var pod = reader.Find<Pod>(ns, asked.Name) ?? throw ApiErrors.NotFound("", "pods", asked.Name);
        if (string.IsNullOrEmpty(pod.Status?.PodIP))
            throw ApiErrors.Unavailable($"pod \"{asked.Name}\" has no address yet");
        var ports = (pod.Spec?.Containers ?? []).SelectMany(c => c.Ports ?? []);
        var fallback = ports.FirstOrDefault()?.ContainerPortValue ?? (asked.Scheme == "https" ? 443 : 80);
        return Plain(asked.Scheme, pod.Status.PodIP, Number(asked.Port, fallback));
    }

    private (Uri Base, HttpMessageInvoker Invoker) Service(string ns, ProxiedName asked)
    {
        var (host, port) = endpoints.Resolve(ns, asked.Name, asked.Port);
        return Plain(asked.Scheme, host, port);
    }

    private (Uri Base, HttpMessageInvoker Invoker) Plain(string scheme, string host, int port)
    {
        if (IPAddress.TryParse(host, out var address) && !IsProxyable(address))
            throw ApiErrors.BadRequest("address not allowed");
        var origin = new UriBuilder(scheme == "https" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host, port).Uri;
        // Whoever may use the proxy chooses what it connects to; certificates of pods are nobody's to vouch for.
        return (origin, backends.To(new() { Origin = origin, SkipsVerification = true }));
    }

    // Nobody may reach the control plane's own machine by writing an address into a pod or an endpoint.
    private static bool IsProxyable(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..] or [>= 224, ..]);

    private static int Number(string text, int fallback) => text.Length == 0 ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65_535 ? number
        : throw ApiErrors.BadRequest($"invalid port \"{text}\"");
}
