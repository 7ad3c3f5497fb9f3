using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.ControllerManager.Workloads;
using Endpoint = Platform.Api.Discovery.V1.Endpoint;

namespace Platform.ControllerManager.EndpointSlices;

/// <summary>
/// How the slices of a service come to show its endpoints. Slices are many so that one pod's change rewrites one small object: an
/// endpoint stays in the slice where it is, changes where it is, and a new one goes where there is room, first into a slice that is written anyway.
/// A slice that is not needed any more is used for what needs a new one.
/// </summary>
/// <param name="Create">Slices to create.</param>
/// <param name="Update">Slices to rewrite.</param>
/// <param name="Delete">Slices that are not needed any more.</param>
internal sealed record EndpointSlicePlan(IReadOnlyList<EndpointSlice> Create, IReadOnlyList<EndpointSlice> Update, IReadOnlyList<EndpointSlice> Delete)
{
    /// <summary>Endpoints that one slice holds at most; upstream's default.</summary>
    public const int MaxPerSlice = 100;

    public const string ServiceNameLabel = "kubernetes.io/service-name";
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string ManagedBy = "endpointslice-controller.k8s.io";

    /// <param name="service">The service.</param>
    /// <param name="pods">Pods that its selector matches.</param>
    /// <param name="existing">Its slices that this controller manages.</param>
    /// <param name="zoneOf">Zone of a node, by its name; null where unknown.</param>
    public static EndpointSlicePlan Compute(Service service, IEnumerable<Pod> pods, IReadOnlyList<EndpointSlice> existing, Func<string, string?> zoneOf)
    {
        var candidates = pods.Where(p => ServiceTargets.HasEndpoint(p, includeTerminating: true)).OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).ToList();
        var families = ServiceTargets.Families(service);
        List<EndpointSlice> create = [], update = [], delete = [.. existing.Where(s => !families.Contains(s.AddressType))];
        foreach (var family in families)
        {
            var ofFamily = existing.Where(s => s.AddressType == family).ToList();
            new SlicePacking(service, family, create, update, delete).Pack(Desired(service, candidates, family, zoneOf), ofFamily);
        }
        return new(create, update, delete);
    }

    private static List<EndpointGroup> Desired(Service service, List<Pod> pods, string family, Func<string, string?> zoneOf)
    {
        var groups = new Dictionary<string, EndpointGroup>();
        foreach (var pod in pods)
        {
            if (ServiceTargets.Address(pod, family) is not { } address)
                continue;
            var ports = ServiceTargets.Ports(service, pod);
            var key = SlicePacking.Key(ports);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = new(ports, []);
            group.Endpoints.Add(EndpointOf(service, pod, address, zoneOf));
        }
        return [.. groups.Values];
    }

    private static Endpoint EndpointOf(Service service, Pod pod, string address, Func<string, string?> zoneOf)
    {
        var serving = PodStates.IsReady(pod);
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        var node = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName;
        return new()
        {
            Addresses = [address],
            Conditions = new()
            {
                Ready = service.Spec?.PublishNotReadyAddresses == true || serving && !terminating,
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = ServiceTargets.Hostname(service, pod),
            NodeName = node,
            Zone = node is null ? null : zoneOf(node),
            TargetRef = ServiceTargets.Reference(pod),
        };
    }
}

/// <summary>Endpoints that answer at the same ports.</summary>
internal sealed record EndpointGroup(IReadOnlyList<TargetPort> Ports, List<Endpoint> Endpoints);
