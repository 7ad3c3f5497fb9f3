using System.Net;
using System.Net.Sockets;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Annotations that have another name now, and addresses that not everything reads alike.</summary>
internal static class ServiceWarnings
{
    private const string TopologyHints = "service.kubernetes.io/topology-aware-hints";
    private const string TopologyMode = "service.kubernetes.io/topology-mode";

    public static IEnumerable<string> Of(Service service)
    {
        var spec = service.Spec ?? new();
        if (service.Metadata.Annotations?.ContainsKey(TopologyHints) == true)
            yield return $"annotation {TopologyHints} is deprecated, please use {TopologyMode} instead";
        if (spec.Type is not "ExternalName" && spec.ClusterIPs is not ["None", ..])
        {
            foreach (var warning in (spec.ClusterIPs ?? []).SelectMany((ip, i) => Address(ip, $"spec.clusterIPs[{i}]")))
                yield return warning;
        }

        foreach (var warning in (spec.ExternalIPs ?? []).SelectMany((ip, i) => Address(ip, $"spec.externalIPs[{i}]")))
            yield return warning;
        foreach (var warning in Address(spec.LoadBalancerIP, "spec.loadBalancerIP"))
            yield return warning;
    }

    private static IEnumerable<string> Address(string? text, string path)
    {
        if (string.IsNullOrEmpty(text) || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            yield break;
        if (address.IsIPv4MappedToIPv6)
            yield return $"{path}: non-standard IP address \"{text}\" will be considered invalid in a future Kubernetes release: use \"{address.MapToIPv4()}\"";
        else if (address.ToString() is var canonical && canonical != text)
            yield return $"{path}: IPv6 address \"{text}\" should be in RFC 5952 canonical format (\"{canonical}\")";
    }
}
