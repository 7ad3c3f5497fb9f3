using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.ControllerManager.Deployments;
using Platform.ControllerManager.EndpointSlices;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.LegacyEndpoints;

/// <summary>
/// The Endpoints object of a service: addresses grouped by the ports they share. It is the older form of endpoint slices, one object
/// for all, therefore cut off at a thousand addresses.
/// </summary>
internal static class EndpointsPlan
{
    /// <summary>Addresses that one object holds at most, as upstream.</summary>
    public const int MaxAddresses = 1000;

    public const string OverCapacity = "endpoints.kubernetes.io/over-capacity";

    /// <summary>The object as it should be, or null where <paramref name="current"/> is so already.</summary>
    public static Endpoints? Compute(Service service, IEnumerable<Pod> pods, Endpoints? current)
    {
        var publishAll = service.Spec?.PublishNotReadyAddresses == true;
        var candidates = pods.Where(p => ServiceTargets.HasEndpoint(p, includeTerminating: publishAll))
            .OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).ToList();
        var truncated = candidates.Count > MaxAddresses;
        // Where not all fit, ready ones are worth more.
        var groups = Group(service, publishAll, truncated ? candidates.OrderByDescending(PodStates.IsReady).Take(MaxAddresses) : candidates);
        var basis = current ?? new Endpoints
        {
            ApiVersion = "v1",
            Kind = "Endpoints",
            Metadata = new() { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace },
        };
        var wanted = basis with
        {
            Subsets = groups.Count == 0 ? null : [.. groups.Values.Select(g => g.Subset())],
            Metadata = basis.Metadata with { Labels = Labels(service), Annotations = Annotations(current, truncated) },
        };
        return current is not null && IsSame(current, wanted) ? null : wanted;
    }

    private static SortedDictionary<string, AddressGroup> Group(Service service, bool publishAll, IEnumerable<Pod> pods)
    {
        var groups = new SortedDictionary<string, AddressGroup>(StringComparer.Ordinal);
        var family = ServiceTargets.Families(service)[0];
        foreach (var pod in pods)
        {
            var ports = ServiceTargets.Ports(service, pod);
            // A pod without any of the ports leaves nothing to publish, unless the service has no ports at all.
            if (ServiceTargets.Address(pod, family) is not { } address || ports.Count == 0 && service.Spec?.Ports is { Count: > 0 })
                continue;
            var key = SlicePacking.Key(ports);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = new(ports);
            var list = publishAll || PodStates.IsReady(pod) ? group.Ready : group.NotReady;
            list.Add(new()
            {
                Ip = address,
                NodeName = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName,
                Hostname = ServiceTargets.Hostname(service, pod),
                TargetRef = ServiceTargets.Reference(pod),
            });
        }
        return groups;
    }

    private static bool IsSame(Endpoints current, Endpoints wanted) =>
        ApiJson.Same(new Endpoints { Subsets = current.Subsets is { Count: > 0 } s ? s : null }, new Endpoints { Subsets = wanted.Subsets })
        && Revisions.Same(current.Metadata.Labels, wanted.Metadata.Labels)
        && Revisions.Same(current.Metadata.Annotations, wanted.Metadata.Annotations);

    private static Dictionary<string, string>? Labels(Service service)
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels ?? new Dictionary<string, string>());
        labels.Remove(ServiceTargets.HeadlessLabel);
        if (ServiceTargets.IsHeadless(service))
            labels[ServiceTargets.HeadlessLabel] = "";
        return labels.Count == 0 ? null : labels;
    }

    private static Dictionary<string, string>? Annotations(Endpoints? current, bool truncated)
    {
        var annotations = new Dictionary<string, string>(current?.Metadata.Annotations ?? new Dictionary<string, string>());
        annotations.Remove(OverCapacity);
        if (truncated)
            annotations[OverCapacity] = "truncated";
        return annotations.Count == 0 ? null : annotations;
    }

    private sealed record AddressGroup(IReadOnlyList<TargetPort> Ports)
    {
        public List<EndpointAddress> Ready { get; } = [];

        public List<EndpointAddress> NotReady { get; } = [];

        public EndpointSubset Subset() => new()
        {
            Addresses = Sorted(Ready),
            NotReadyAddresses = Sorted(NotReady),
            Ports = Ports.Count == 0 ? null : [.. Ports.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Port)],
        };

        private static EndpointPort Port(TargetPort port) =>
            new() { Name = port.Name.Length == 0 ? null : port.Name, Port = port.Port, Protocol = port.Protocol, AppProtocol = port.AppProtocol };

        private static IReadOnlyList<EndpointAddress>? Sorted(List<EndpointAddress> addresses) =>
            addresses.Count == 0 ? null : [.. addresses.OrderBy(a => a.Ip, StringComparer.Ordinal)];
    }
}
