using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Proxying;

/// <summary>Where something behind a service can be reached.</summary>
internal readonly record struct BackendAddress(string Host, int Port);

/// <summary>
/// Finds a ready endpoint of a service, for webhooks, extension servers and <c>services/proxy</c>. The server goes to the endpoint itself and not by the cluster IP,
/// since a control plane need not run on a node that has the service proxy's rules.
/// </summary>
internal sealed class ServiceEndpoints(IObjectReader reader, Random random)
{
    private const string NameLabel = "kubernetes.io/service-name";

    private readonly Lock _gate = new();

    /// <summary>A ready endpoint behind a port of a service, given by its number.</summary>
    /// <exception cref="ApiException">404 where there is no such service, 503 where nothing is ready behind that port.</exception>
    public BackendAddress Resolve(string ns, string name, int port)
    {
        var service = reader.Find<Service>(ns, name) ?? throw ApiErrors.NotFound("", "service", name);
        if (service.Spec?.Type == "ExternalName")
            return new(service.Spec.ExternalName ?? "", port);
        var found = service.Spec?.Ports?.FirstOrDefault(p => p.Port == port)
            ?? throw ApiErrors.Unavailable(string.Create(CultureInfo.InvariantCulture, $"no service port {port} found for service \"{name}\""));
        return Pick(ns, name, found.Name ?? "") ?? throw ApiErrors.Unavailable($"no endpoints available for service \"{name}\"");
    }

    /// <summary>A ready endpoint behind a port of a service, given by its name or number; empty means the only one.</summary>
    /// <exception cref="ApiException">404 where there is no such service, 503 where nothing is ready behind that port.</exception>
    public BackendAddress Resolve(string ns, string name, string port)
    {
        var service = reader.Find<Service>(ns, name) ?? throw ApiErrors.NotFound("", "services", name);
        var ports = service.Spec?.Ports ?? [];
        var found = port.Length == 0 ? ports.Count == 1 ? ports[0] : null
            : ports.FirstOrDefault(p => p.Name == port)
            ?? (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? ports.FirstOrDefault(p => p.Port == number) : null);
        if (found is null && port.Length > 0)
            throw ApiErrors.Unavailable($"no service port \"{port}\" found for service \"{name}\"");
        // Without a port it is the unnamed one, which several ports cannot have.
        return Pick(ns, name, found?.Name ?? "") ?? throw ApiErrors.Unavailable($"no endpoints available for service \"{name}\"");
    }

    /// <summary>Whether anything is ready behind a port, given by its name.</summary>
    public bool HasReady(string ns, string name, string portName) => Candidates(ns, name, portName).Count > 0;

    private BackendAddress? Pick(string ns, string name, string portName)
    {
        var candidates = Candidates(ns, name, portName);
        if (candidates.Count == 0)
            return null;
        // Random is not safe for several threads.
        lock (_gate)
            return candidates[random.Next(candidates.Count)];
    }

    private List<BackendAddress> Candidates(string ns, string name, string portName)
    {
        var found = new List<BackendAddress>();
        foreach (var slice in reader.List<EndpointSlice>(ns))
        {
            if (slice.Metadata.Labels?.GetValueOrDefault(NameLabel) != name || slice.AddressType == "FQDN")
                continue;
            if (slice.Ports?.FirstOrDefault(p => (p.Name ?? "") == portName)?.Port is not { } port)
                continue;
            foreach (var endpoint in slice.Endpoints ?? [])
            {
                if (endpoint.Conditions?.Ready != false && endpoint.Addresses is [var address, ..])
                    found.Add(new(address, port));
            }
        }

        return found.Count > 0 ? found : FromEndpoints(ns, name, portName);
    }

    // Endpoints that somebody writes by hand reach slices only where a controller mirrors them.
    private List<BackendAddress> FromEndpoints(string ns, string name, string portName)
    {
        var found = new List<BackendAddress>();
        foreach (var subset in reader.Find<Endpoints>(ns, name)?.Subsets ?? [])
        {
            if (subset.Ports?.FirstOrDefault(p => (p.Name ?? "") == portName)?.Port is { } port)
                found.AddRange((subset.Addresses ?? []).Select(a => new BackendAddress(a.Ip!, port)));
        }

        return found;
    }
}
