using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>
/// What an update of a service means beyond what it says: what the service was given stays where the writer left it out, and what only the earlier type has goes
/// where the writer left it as it was. Who changes that as well is told by validation that it does not fit.
/// </summary>
internal static class ServiceTransition
{
    /// <summary>An address that was given alone is the first and only one.</summary>
    public static void SpreadAddress(ServiceSpec spec)
    {
        if (!string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs is not { Count: > 0 })
            spec.ClusterIPs = [spec.ClusterIP];
    }

    public static void Keep(ServiceSpec spec, ServiceSpec before)
    {
        if (spec.Type != "ExternalName" && before.Type != "ExternalName")
        {
            if (string.IsNullOrEmpty(spec.ClusterIP))
                spec.ClusterIP = before.ClusterIP;
            if (spec.ClusterIPs is not { Count: > 0 })
                spec.ClusterIPs = before.ClusterIPs;
        }

        if (AllocatesNodePorts(spec) && AllocatesNodePorts(before))
            KeepNodePorts(spec, before);
        if (ServiceValidation.NeedsHealthCheck(spec) && ServiceValidation.NeedsHealthCheck(before) && spec.HealthCheckNodePort is null or 0)
            spec.HealthCheckNodePort = before.HealthCheckNodePort;
        FollowAddress(spec, before);
    }

    public static void Drop(ServiceSpec spec, ServiceSpec before)
    {
        if (before.Type != "ExternalName" && spec.Type == "ExternalName")
            DropAddresses(spec, before);
        if (HasNodePorts(before) && !HasNodePorts(spec) && !NodePorts(spec).Except(NodePorts(before)).Any())
            spec.Ports = [.. (spec.Ports ?? []).Select(p => p with { NodePort = null })];
        if (ServiceValidation.NeedsHealthCheck(before) && !ServiceValidation.NeedsHealthCheck(spec) && spec.HealthCheckNodePort == before.HealthCheckNodePort)
            spec.HealthCheckNodePort = null;
        if (before.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
        {
            if (spec.AllocateLoadBalancerNodePorts == before.AllocateLoadBalancerNodePorts)
                spec.AllocateLoadBalancerNodePorts = null;
            if (spec.LoadBalancerClass == before.LoadBalancerClass)
                spec.LoadBalancerClass = null;
        }

        if (ServiceValidation.IsExternal(before) && !ServiceValidation.IsExternal(spec) && spec.ExternalTrafficPolicy == before.ExternalTrafficPolicy)
            spec.ExternalTrafficPolicy = null;
    }

    private static void DropAddresses(ServiceSpec spec, ServiceSpec before)
    {
        if (spec.ClusterIP == before.ClusterIP && Same(spec.ClusterIPs, before.ClusterIPs))
        {
            spec.ClusterIP = null;
            spec.ClusterIPs = null;
        }

        if (Same(spec.IpFamilies, before.IpFamilies))
            spec.IpFamilies = null;
        if (spec.IpFamilyPolicy == before.IpFamilyPolicy)
            spec.IpFamilyPolicy = null;
    }

    /// <summary>Clients that know of one address only change or clear that one.</summary>
    private static void FollowAddress(ServiceSpec spec, ServiceSpec before)
    {
        var (ip, old) = (spec.ClusterIP ?? "", before.ClusterIP ?? "");
        if (ip == old)
        {
            if (spec.ClusterIPs is not { Count: > 0 })
                spec.ClusterIPs = before.ClusterIPs;
        }
        else if (Same(spec.ClusterIPs, before.ClusterIPs))
            spec.ClusterIPs = ip.Length == 0 ? null : [ip];
    }

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => (one ?? []).SequenceEqual(other ?? []);

    private static bool HasNodePorts(ServiceSpec spec) => spec.Type is "NodePort" or "LoadBalancer";

    private static bool AllocatesNodePorts(ServiceSpec spec) => HasNodePorts(spec) && (spec.Type == "NodePort" || spec.AllocateLoadBalancerNodePorts != false);

    private static IEnumerable<int> NodePorts(ServiceSpec spec) => (spec.Ports ?? []).Select(p => p.NodePort ?? 0).Where(p => p != 0);

    private static void KeepNodePorts(ServiceSpec spec, ServiceSpec before)
    {
        var used = NodePorts(spec).ToHashSet();
        foreach (var port in (spec.Ports ?? []).Where(p => p.NodePort is null or 0))
        {
            var match = (before.Ports ?? []).FirstOrDefault(b => b.Port == port.Port && b.Protocol == port.Protocol);
            if (match?.NodePort is { } nodePort and not 0 && used.Add(nodePort))
                port.NodePort = nodePort;
        }
    }
}
