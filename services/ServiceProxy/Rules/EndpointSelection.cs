using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Endpoint = Platform.Api.Discovery.V1.Endpoint;

namespace Platform.ServiceProxy.Rules;

/// <summary>An address that answers for a service port.</summary>
internal readonly record struct Target(string Address, int Port);

/// <summary>The endpoints of one service port that traffic may go to.</summary>
/// <param name="Cluster">All usable endpoints.</param>
/// <param name="Local">The usable endpoints on this node.</param>
internal sealed record EndpointSelection(ImmutableArray<Target> Cluster, ImmutableArray<Target> Local)
{
    /// <summary>
    /// Picks the endpoints as upstream does: those that are ready; where there are none, those that still serve while they terminate, so that
    /// a rollout or scale-down to nothing does not cut what could be answered.
    /// </summary>
    public static EndpointSelection Of(ServicePort port, IEnumerable<EndpointSlice> slices, string nodeName)
    {
        List<(Target Target, Endpoint Endpoint)> all = [];
        foreach (var slice in slices.Where(slice => slice.AddressType == "IPv4"))
        {
            var number = slice.Ports?.FirstOrDefault(candidate =>
                (candidate.Name ?? "") == (port.Name ?? "") && (candidate.Protocol ?? "TCP") == (port.Protocol ?? "TCP"))?.Port;
            if (number is null)
                continue;
            foreach (var endpoint in slice.Endpoints ?? [])
            {
                if (endpoint.Addresses is [{ } address, ..] && IsIPv4(address))
                    all.Add((new(address, number.Value), endpoint));
            }
        }

        return new(Usable(all), Usable(all.Where(candidate => candidate.Endpoint.NodeName == nodeName)));
    }

    public static bool IsIPv4(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork;

    private static ImmutableArray<Target> Usable(IEnumerable<(Target Target, Endpoint Endpoint)> candidates)
    {
        var all = candidates.ToList();
        var ready = all.Where(candidate => candidate.Endpoint.Conditions?.Ready ?? true).ToList();
        var chosen = ready.Count > 0
            ? ready
            : all.Where(candidate => candidate.Endpoint.Conditions is { Terminating: true } conditions && (conditions.Serving ?? false));
        return [.. chosen.Select(candidate => candidate.Target).Distinct()
            .OrderBy(target => target.Address, StringComparer.Ordinal).ThenBy(target => target.Port)];
    }
}
