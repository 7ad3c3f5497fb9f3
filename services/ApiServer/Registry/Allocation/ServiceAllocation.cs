using System.Net;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules.Core;
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
    public async ValueTask<Reservation> AllocateAsync(
        ResourceDefinition definition, KubernetesObject value, KubernetesObject? old, CancellationToken cancellationToken)
    {
        if (definition.ObjectType != typeof(Service) || ((Service)value).Spec is not { } spec)
            return Nothing;
        // What others have been given since must be known before anything is called free.
        await caches.FreshAsync(cancellationToken);
        return Allocate((Service)value, spec, ((Service?)old)?.Spec);
    }

    private Reservation Allocate(Service service, ServiceSpec spec, ServiceSpec? before)
    {
        lock (_gate)
        {
            table.CatchUp();
            var reservation = new Reservation(this, $"{service.Metadata.Namespace}/{service.Metadata.Name}");
            try
            {
                var own = _addresses.Cidr.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";
                if (ServiceFamilies.Settle(spec, before, own) is { Count: > 0 } errors)
                    throw ApiErrors.Invalid("", "Service", service.Metadata.Name ?? "", errors);
                AllocateAddress(service, spec, before, reservation);
                AllocatePorts(service, spec, before, reservation);
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

    /// <summary>A service that has an address keeps it; that it names another one is for validation to refuse.</summary>
    private void AllocateAddress(Service service, ServiceSpec spec, ServiceSpec? before, Reservation reservation)
    {
        if (spec.Type == "ExternalName" || spec.ClusterIP == "None" || before is { Type: not "ExternalName" })
            return;
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

    /// <summary>A balancer that gets no node ports still takes those that are asked for.</summary>
    private void AllocatePorts(Service service, ServiceSpec spec, ServiceSpec? before, Reservation reservation)
    {
        if (spec.Type is "NodePort" or "LoadBalancer")
        {
            spec.Ports = [.. (spec.Ports ?? []).Select((port, i) => port.NodePort is null or 0 && !NeedsPorts(spec) ? port
                : port with { NodePort = PortFor(service, port.NodePort, port.Protocol, $"spec.ports[{i}].nodePort", reservation) })];
        }

        if (ServiceValidation.NeedsHealthCheck(spec) && !(before is not null && ServiceValidation.NeedsHealthCheck(before)))
            spec.HealthCheckNodePort = PortFor(service, spec.HealthCheckNodePort, "TCP", "spec.healthCheckNodePort", reservation);
    }

    private int PortFor(Service service, int? wanted, string? protocol, string field, Reservation reservation)
    {
        if (wanted is { } port and not 0)
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
