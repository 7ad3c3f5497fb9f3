using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Json;
using Endpoint = Platform.Api.Discovery.V1.Endpoint;
using EndpointPort = Platform.Api.Discovery.V1.EndpointPort;

namespace Platform.ControllerManager.EndpointSlices;

/// <summary>Puts one family's endpoints into slices; see <see cref="EndpointSlicePlan"/>.</summary>
internal sealed class SlicePacking(Service service, string family, List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
{
    public static string Key(IEnumerable<TargetPort> ports) =>
        string.Join('|', ports.Select(p => $"{p.Name}/{p.Protocol}/{p.Port}/{p.AppProtocol}").Order(StringComparer.Ordinal));

    public void Pack(List<EndpointGroup> desired, List<EndpointSlice> existing)
    {
        // A service without endpoints keeps one empty slice: those who watch learn that there is nothing, instead of knowing nothing.
        if (desired.Count == 0)
        {
            KeepEmpty(existing);
            return;
        }
        var byPorts = existing.ToLookup(s => Key((s.Ports ?? []).Select(p => new TargetPort(p.Name ?? "", p.Protocol ?? "TCP", p.Port ?? 0, p.AppProtocol))));
        var used = new HashSet<EndpointSlice>(ReferenceEqualityComparer.Instance);
        foreach (var group in desired)
        {
            var slices = byPorts[Key(group.Ports)].ToList();
            used.UnionWith(slices);
            PackGroup(group, slices);
        }
        delete.AddRange(existing.Where(s => !used.Contains(s)));
        Reuse();
    }

    /// <summary>A slice that would go takes what a new one would hold: one write instead of two, and nobody sees neither or both of them.</summary>
    private void Reuse()
    {
        while (create.FindIndex(s => s.AddressType == family) is >= 0 and var fresh && delete.FindIndex(s => s.AddressType == family) is >= 0 and var unneeded)
        {
            Keep(delete[unneeded], delete[unneeded] with { Ports = create[fresh].Ports, Endpoints = create[fresh].Endpoints });
            create.RemoveAt(fresh);
            delete.RemoveAt(unneeded);
        }
    }

    private void KeepEmpty(List<EndpointSlice> existing)
    {
        if (existing.Count == 0)
        {
            create.Add(Fresh([], []));
            return;
        }
        Keep(existing[0], existing[0] with { Endpoints = [], Ports = [] });
        delete.AddRange(existing.Skip(1));
    }

    private void PackGroup(EndpointGroup group, List<EndpointSlice> slices)
    {
        var missing = group.Endpoints.ToDictionary(Identity);
        var contents = new List<(EndpointSlice Slice, List<Endpoint> Endpoints, bool Changed)>();
        foreach (var slice in slices)
        {
            var kept = new List<Endpoint>();
            var changed = false;
            foreach (var endpoint in slice.Endpoints ?? [])
            {
                // The identity is taken at its first appearance, so that an endpoint never stands in two slices.
                if (!missing.Remove(Identity(endpoint), out var wanted))
                {
                    changed = true;
                    continue;
                }
                changed |= !ApiJson.Same(endpoint, wanted);
                kept.Add(wanted);
            }
            contents.Add((slice, kept, changed));
        }
        var rest = new Queue<Endpoint>(group.Endpoints.Where(e => missing.ContainsKey(Identity(e))));
        foreach (var (slice, endpoints, _) in contents.OrderByDescending(c => c.Changed).ThenByDescending(c => c.Endpoints.Count))
        {
            while (rest.Count > 0 && endpoints.Count < EndpointSlicePlan.MaxPerSlice)
                endpoints.Add(rest.Dequeue());
            if (endpoints.Count == 0)
                delete.Add(slice);
            else
                Keep(slice, slice with { Endpoints = endpoints });
        }
        while (rest.Count > 0)
        {
            List<Endpoint> next = [];
            while (rest.Count > 0 && next.Count < EndpointSlicePlan.MaxPerSlice)
                next.Add(rest.Dequeue());
            create.Add(Fresh(group.Ports, next));
        }
    }

    private void Keep(EndpointSlice slice, EndpointSlice wanted)
    {
        var labels = Labels(slice.Metadata.Labels);
        var same = Deployments.Revisions.Same(labels, slice.Metadata.Labels) && ApiJson.Same(Contents(wanted), Contents(slice));
        if (!same)
            update.Add(wanted with { Metadata = slice.Metadata with { Labels = labels } });
    }

    private static EndpointSlice Contents(EndpointSlice slice) => new() { Endpoints = slice.Endpoints ?? [], Ports = slice.Ports ?? [] };

    private EndpointSlice Fresh(IReadOnlyList<TargetPort> ports, IReadOnlyList<Endpoint> endpoints) => new()
    {
        ApiVersion = "discovery.k8s.io/v1",
        Kind = "EndpointSlice",
        Metadata = new()
        {
            GenerateName = service.Metadata.Name + "-",
            Namespace = service.Metadata.Namespace,
            Labels = Labels(null),
            OwnerReferences = [Client.OwnerReferences.Controller(service)],
        },
        AddressType = family,
        Ports = [.. ports.Select(p => new EndpointPort { Name = p.Name, Protocol = p.Protocol, Port = p.Port, AppProtocol = p.AppProtocol })],
        Endpoints = endpoints,
    };

    /// <summary>The service's labels and the ones by which slices are found.</summary>
    private Dictionary<string, string> Labels(IReadOnlyDictionary<string, string>? before)
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels ?? new Dictionary<string, string>());
        foreach (var (key, value) in before ?? new Dictionary<string, string>())
        {
            // What others note on slices for their own use stays.
            if (key.StartsWith("endpointslice.kubernetes.io/", StringComparison.Ordinal))
                labels[key] = value;
        }
        labels.Remove(ServiceTargets.HeadlessLabel);
        if (ServiceTargets.IsHeadless(service))
            labels[ServiceTargets.HeadlessLabel] = "";
        labels[EndpointSlicePlan.ServiceNameLabel] = service.Metadata.Name!;
        labels[EndpointSlicePlan.ManagedByLabel] = EndpointSlicePlan.ManagedBy;
        return labels;
    }

    private static string Identity(Endpoint endpoint) => $"{endpoint.TargetRef?.Uid}/{endpoint.Addresses?.FirstOrDefault()}";
}
