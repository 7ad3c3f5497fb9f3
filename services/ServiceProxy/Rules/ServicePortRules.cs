using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Api.Core.V1;

namespace Platform.ServiceProxy.Rules;

/// <summary>The rules of one port of one service.</summary>
internal sealed class ServicePortRules(Service service, ServicePort port, EndpointSelection endpoints, ProxySettings settings, RuleSetBuilder rules)
{
    /// <summary>Kubernetes' default for ClientIP affinity: three hours, in seconds.</summary>
    private const int DefaultAffinitySeconds = 10_800;

    /// <summary>Characters of the part of a name that says which service it is; nftables takes 127 in all.</summary>
    private const int MaxNameLength = 80;

    private readonly ServiceSpec _spec = service.Spec!;
    private readonly string _protocol = (port.Protocol ?? "TCP").ToLowerInvariant();
    private readonly string _id = Identify(service, port);

    private bool ExternalIsLocal => _spec.ExternalTrafficPolicy == "Local";

    private bool InternalIsLocal => _spec.InternalTrafficPolicy == "Local";

    private bool HasAffinity => _spec.SessionAffinity == "ClientIP";

    public void Compile()
    {
        var externals = ExternalAddresses().ToList();
        if (endpoints.Cluster.IsEmpty)
        {
            Refuse("goto reject-packet", [_spec.ClusterIP!, .. externals], withNodePort: true);
            return;
        }

        foreach (var target in endpoints.Cluster.Concat(endpoints.Local))
            rules.Add(RuleSet.Hairpins, $"{target.Address} . {target.Address}", "");
        AddBalancer($"cluster-{_id}", endpoints.Cluster, clusterAddressFirst: !InternalIsLocal);
        var needsLocal = InternalIsLocal || ExternalIsLocal;
        if (needsLocal && !endpoints.Local.IsEmpty)
            AddBalancer($"local-{_id}", endpoints.Local, clusterAddressFirst: InternalIsLocal);

        if (!InternalIsLocal)
            Serve(_spec.ClusterIP!, $"cluster-{_id}");
        else if (!endpoints.Local.IsEmpty)
            Serve(_spec.ClusterIP!, $"local-{_id}");
        else
            Refuse("drop", [_spec.ClusterIP!], withNodePort: false);

        if (externals.Count == 0 && port.NodePort is not > 0)
            return;
        rules.AddChain($"external-{_id}", ExternalRules());
        foreach (var address in externals)
            Serve(address, $"external-{_id}");
        if (port.NodePort is > 0 and var nodePort)
            rules.Add(RuleSet.NodePorts, $"{_protocol} . {nodePort}", $"goto external-{_id}");
    }

    private static string Identify(Service service, ServicePort port)
    {
        var full = $"{service.Metadata.Namespace}/{service.Metadata.Name}/{port.Protocol ?? "TCP"}/{port.Name ?? ""}/{port.Port}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)).AsSpan(0, 5));
        var readable = $"{hash}-{service.Metadata.Namespace}/{service.Metadata.Name}/{port.Port}";
        return readable[..Math.Min(MaxNameLength, readable.Length)];
    }

    private IEnumerable<string> ExternalAddresses() =>
        (_spec.ExternalIPs ?? [])
            .Concat((service.Status?.LoadBalancer?.Ingress ?? []).Where(ingress => ingress.IpMode != "Proxy").Select(ingress => ingress.Ip ?? ""))
            .Where(EndpointSelection.IsIPv4).Distinct(StringComparer.Ordinal);

    private void Serve(string address, string chain)
    {
        var key = $"{address} . {_protocol} . {port.Port}";
        rules.Add(RuleSet.ServiceAddresses, key, $"goto {chain}");
        // A packet that was on its way through these rules when they changed may find neither the former endpoint nor the new one. Its client sends it again, and must not
        // be told that nobody is there.
        rules.Add(RuleSet.UnservedAddresses, key, "drop");
    }

    private void Refuse(string verdict, IEnumerable<string> addresses, bool withNodePort)
    {
        foreach (var address in addresses)
            rules.Add(RuleSet.UnservedAddresses, $"{address} . {_protocol} . {port.Port}", verdict);
        if (withNodePort && port.NodePort is > 0 and var nodePort)
            rules.Add(RuleSet.UnservedNodePorts, $"{_protocol} . {nodePort}", verdict);
    }

    private IEnumerable<string> ExternalRules()
    {
        // From outside an answer must come back through this node; with policy Local it does anyway, and the client's address is kept.
        if (!ExternalIsLocal)
            return ["jump mark-for-masquerade", $"goto cluster-{_id}"];
        List<string> lines =
        [
            $"ip saddr {settings.PodCidr} goto cluster-{_id}",
            "fib saddr type local jump mark-for-masquerade",
            $"fib saddr type local goto cluster-{_id}",
            endpoints.Local.IsEmpty ? "drop" : $"goto local-{_id}",
        ];
        return lines;
    }

    /// <summary>A chain that gives each new connection to the next of its endpoints in turn.</summary>
    private void AddBalancer(string chain, ImmutableArray<Target> targets, bool clusterAddressFirst)
    {
        List<string> lines = [];
        if (clusterAddressFirst)
            lines.Add($"ip daddr {_spec.ClusterIP} {_protocol} dport {port.Port} ip saddr != {settings.PodCidr} jump mark-for-masquerade");
        if (HasAffinity)
            AddAffinity(chain, targets, lines);
        else
            lines.Add($"meta l4proto {_protocol} dnat ip to {Choose(targets.Select(target => $"{target.Address} . {target.Port}"), "map")}");
        rules.AddChain(chain, lines);
    }

    private void AddAffinity(string chain, ImmutableArray<Target> targets, List<string> lines)
    {
        var seconds = _spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds;
        List<string> verdicts = [];
        foreach (var target in targets)
        {
            var name = $"{target.Address}/{target.Port}-{chain}";
            rules.AddAffinitySet($"affinity-{name}", seconds);
            rules.AddChain($"endpoint-{name}", [$"update @affinity-{name} {{ ip saddr }}", $"meta l4proto {_protocol} dnat to {target.Address}:{target.Port}"]);
            lines.Add($"ip saddr @affinity-{name} goto endpoint-{name}");
            verdicts.Add($"goto endpoint-{name}");
        }

        lines.Add(Choose(verdicts, "vmap"));
    }

    private static string Choose(IEnumerable<string> choices, string map)
    {
        var all = choices.ToList();
        return $"numgen inc mod {all.Count} {map} {{ {string.Join(", ", all.Select((choice, index) => $"{index} : {choice}"))} }}";
    }
}
