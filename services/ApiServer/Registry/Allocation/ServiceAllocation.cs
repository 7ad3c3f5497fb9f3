using System.Net;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Watching;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Registry.Allocation;

/// <summary>Gives services their cluster IP and node ports before they are committed, and keeps them through updates.</summary>
internal sealed class ServiceAllocation(AllocationTable table, WatchCaches caches, ClusterSettings settings, Random random)
{
    private static readonly Reservation Nothing = new(null, "");

    private readonly Lock _gate = new();
    private readonly AddressRange _addresses = new(settings.ServiceCidr);

    /// <summary>Fills in what the service lacks. Dispose the result after the commit; without <see cref="Reservation.Keep"/> all is given back.</summary>
    public async ValueTask<Reservation> AllocateAsync(ResourceDefinition definition, KubernetesObject value, CancellationToken cancellationToken)
    {
        if (definition.ObjectType != typeof(Service) || ((Service)value).Spec is not { } spec)
            return Nothing;
        // What others have been given since must be known before anything is called free.
        await caches.FreshAsync(cancellationToken);
        return Allocate((Service)value, spec);
    }

    private Reservation Allocate(Service service, ServiceSpec spec)
    {
        lock (_gate)
        {
            table.CatchUp();
            var reservation = new Reservation(this, $"{service.Metadata.Namespace}/{service.Metadata.Name}");
            try
            {
                CheckFamilies(service, spec);
                AllocateAddress(service, spec, reservation);
                AllocatePorts(service, spec, reservation);
                return reservation;
            }
            catch (ApiException)
            {
                Settle(reservation, committed: false);
                throw;
            }
        }
    }

    private static bool NeedsPorts(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    /// <summary>This cluster has one family of addresses. Only a headless service without selector, whose endpoints somebody else writes, may name others.</summary>
    private void CheckFamilies(Service service, ServiceSpec spec)
    {
        if (spec.Type == "ExternalName" || (spec.ClusterIP == "None" && spec.Selector is not { Count: > 0 }))
            return;
        var errors = new List<FieldError>();
        if (spec.IpFamilyPolicy == "RequireDualStack" || spec.ClusterIPs is { Count: > 1 })
            errors.Add(FieldError.Invalid("spec.ipFamilyPolicy", spec.IpFamilyPolicy ?? "", "this cluster is not configured for dual-stack services"));
        var own = _addresses.Cidr.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";
        foreach (var (family, i) in (spec.IpFamilies ?? []).Select((f, i) => (f, i)))
        {
            if (family is "IPv4" or "IPv6" && family != own)
                errors.Add(FieldError.Invalid($"spec.ipFamilies[{i}]", family, "not configured on this cluster"));
        }

        if (errors.Count > 0)
            throw ApiErrors.Invalid("", "Service", service.Metadata.Name ?? "", errors);
    }

    private void AllocateAddress(Service service, ServiceSpec spec, Reservation reservation)
    {
        if (spec.Type == "ExternalName")
        {
            spec.ClusterIP = null;
            spec.ClusterIPs = null;
            return;
        }
        if (string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs is [{ Length: > 0 } given, ..])
            spec.ClusterIP = given;
        if (spec.ClusterIP == "None")
        {
            spec.ClusterIPs = ["None"];
            return;
        }
        if (string.IsNullOrEmpty(spec.ClusterIP))
            spec.ClusterIP = AnyFreeAddress(reservation);
        else
            TakeAddress(service, spec.ClusterIP, reservation);
        spec.ClusterIPs = [spec.ClusterIP];
    }

    private string AnyFreeAddress(Reservation reservation)
    {
        var start = random.Next(_addresses.Count);
        for (var i = 0; i < _addresses.Count; i++)
        {
            var address = _addresses[(start + i) % _addresses.Count];
            // The first address is the API server's own, also before its service exists.
            if (address.Equals(settings.ApiServiceAddress) || !table.IsFree(AllocationTable.Address(address.ToString())))
                continue;
            reservation.Add(table, AllocationTable.Address(address.ToString()));
            return address.ToString();
        }
        throw ApiErrors.Internal("failed to allocate a serviceIP: range is full");
    }

    private void TakeAddress(Service service, string ip, Reservation reservation)
    {
        var token = AllocationTable.Address(ip);
        if (table.IsHeldBy(token, reservation.Owner))
            return;
        if (!IPAddress.TryParse(ip, out var address) || !_addresses.Contains(address))
            throw Invalid(service, "spec.clusterIPs", new[] { ip },
                $"failed to allocate IP {ip}: the provided IP ({ip}) is not in the valid range. The range of valid IPs is {_addresses.Cidr}");
        if (!table.IsFree(token))
            throw Invalid(service, "spec.clusterIPs", new[] { ip }, $"failed to allocate IP {ip}: provided IP is already allocated");
        reservation.Add(table, token);
    }

    private void AllocatePorts(Service service, ServiceSpec spec, Reservation reservation)
    {
        if (!NeedsPorts(spec))
        {
            spec.HealthCheckNodePort = spec.Type == "LoadBalancer" ? spec.HealthCheckNodePort : null;
            return;
        }
        spec.Ports = [.. (spec.Ports ?? []).Select((port, i) => port with { NodePort = PortFor(service, port.NodePort, port.Protocol, $"spec.ports[{i}].nodePort", reservation) })];
        if (spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" })
            spec.HealthCheckNodePort = PortFor(service, spec.HealthCheckNodePort, "TCP", "spec.healthCheckNodePort", reservation);
    }

    private int PortFor(Service service, int? wanted, string? protocol, string field, Reservation reservation)
    {
        if (wanted is > 0 and var port)
        {
            var token = AllocationTable.Port(port, protocol);
            if (table.IsHeldBy(token, reservation.Owner))
                return port;
            if (port < settings.NodePortFirst || port > settings.NodePortLast)
                throw Invalid(service, field, port, $"provided port is not in the valid range. The range of valid ports is {settings.NodePortFirst}-{settings.NodePortLast}");
            if (!table.IsFree(token))
                throw Invalid(service, field, port, "provided port is already allocated");
            reservation.Add(table, token);
            return port;
        }
        var count = settings.NodePortLast - settings.NodePortFirst + 1;
        var start = random.Next(count);
        for (var i = 0; i < count; i++)
        {
            var candidate = settings.NodePortFirst + ((start + i) % count);
            if (!table.IsFree(AllocationTable.Port(candidate, protocol)))
                continue;
            reservation.Add(table, AllocationTable.Port(candidate, protocol));
            return candidate;
        }
        throw ApiErrors.Internal("failed to allocate a nodePort: range is full");
    }

    private void Settle(Reservation reservation, bool committed)
    {
        foreach (var token in reservation.Tokens)
            table.Settle(token, reservation.Owner, committed);
    }

    private static ApiException Invalid(Service service, string field, object value, string detail) =>
        ApiErrors.Invalid("", "Service", service.Metadata.Name ?? "", [FieldError.Invalid(field, value, detail)]);

    /// <summary>What one write has taken for itself.</summary>
    internal sealed class Reservation(ServiceAllocation? allocation, string owner) : IDisposable
    {
        private bool _kept;

        public string Owner { get; } = owner;

        public List<string> Tokens { get; } = [];

        public void Add(AllocationTable table, string token)
        {
            table.Reserve(token, Owner);
            Tokens.Add(token);
        }

        /// <summary>The write was committed.</summary>
        public void Keep()
        {
            if (allocation is not null)
                _kept = true;
        }

        public void Dispose()
        {
            if (allocation is null)
                return;
            lock (allocation._gate)
                allocation.Settle(this, _kept);
        }
    }
}
