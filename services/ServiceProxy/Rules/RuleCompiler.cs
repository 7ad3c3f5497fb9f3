using System.Collections.Immutable;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;

namespace Platform.ServiceProxy.Rules;

/// <summary>
/// Compiles services and endpoint slices into rules: a pure function.
///
/// Every address under which a service port is reached is an element of a verdict map, so that a packet finds its service in one
/// lookup however many there are. The chain that it leads to picks an endpoint:
///
/// - <c>cluster-…</c> among all endpoints, <c>local-…</c> among those of this node;
/// - <c>external-…</c> decides for traffic from outside the cluster which of the two, and marks for masquerading.
///
/// A service port without any endpoint is rejected at once, one that only lacks endpoints that its traffic policy allows is dropped,
/// as the load balancer in front will have noticed by the health check.
/// </summary>
internal static class RuleCompiler
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    public static RuleSet Compile(IEnumerable<Service> services, IEnumerable<EndpointSlice> slices, ProxySettings settings)
    {
        var slicesByService = slices.ToLookup(slice =>
            (slice.Metadata.Namespace, slice.Metadata.Labels is { } labels && labels.TryGetValue(ServiceNameLabel, out var name) ? name : null));
        var rules = new RuleSetBuilder();
        foreach (var service in services
            .OrderBy(service => service.Metadata.CreationTimestamp)
            .ThenBy(service => service.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(service => service.Metadata.Name, StringComparer.Ordinal))
        {
            if (service.Spec is not { } spec || spec.Type == "ExternalName" || !EndpointSelection.IsIPv4(spec.ClusterIP ?? ""))
                continue;
            rules.Add(RuleSet.ClusterAddresses, spec.ClusterIP!, "");
            var ofService = slicesByService[(service.Metadata.Namespace, service.Metadata.Name)].ToList();
            foreach (var port in spec.Ports ?? [])
            {
                var endpoints = EndpointSelection.Of(port, ofService, settings.NodeName);
                new ServicePortRules(service, port, endpoints, settings, rules).Compile();
            }
        }

        return rules.Build();
    }
}

/// <summary>Collects the parts of a <see cref="RuleSet"/>. Of two services that claim one address the older one has it.</summary>
internal sealed class RuleSetBuilder
{
    private readonly Dictionary<string, ImmutableSortedDictionary<string, string>.Builder> _elements = RuleSet.Empty.Elements.ToDictionary(
        pair => pair.Key, _ => ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder _chains = RuleSet.Empty.Chains.ToBuilder();
    private readonly ImmutableSortedDictionary<string, int>.Builder _affinitySets = RuleSet.Empty.AffinitySets.ToBuilder();

    public void Add(string collection, string key, string verdict) => _elements[collection].TryAdd(key, verdict);

    public void AddChain(string name, IEnumerable<string> rules) => _chains[name] = [.. rules];

    public void AddAffinitySet(string name, int seconds) => _affinitySets[name] = seconds;

    public RuleSet Build() => new()
    {
        Elements = _elements.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToImmutable(), StringComparer.Ordinal),
        Chains = _chains.ToImmutable(),
        AffinitySets = _affinitySets.ToImmutable(),
    };
}
