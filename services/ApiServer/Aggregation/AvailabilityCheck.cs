using System.Globalization;
using Platform.Api.ApiRegistration.V1;
using Platform.Api.Core.V1;
using Platform.ApiServer.Proxying;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Aggregation;

/// <summary>Whether an APIService can be served now, with upstream's reasons: its service, the service's port, endpoints behind it, and an answer.</summary>
internal sealed class AvailabilityCheck(IObjectReader reader, ServiceEndpoints endpoints, DiscoveryProbe probe, AggregationState state)
{
    private const int HttpsPort = 443;

    public async Task<APIServiceCondition> RunAsync(APIService service, CancellationToken cancellationToken)
    {
        var spec = service.Spec!;
        if (Unready(spec) is { } reason)
        {
            Fail(spec);
            return reason;
        }

        var known = state.Heard(spec.Group!, spec.Version!);
        var (found, failure) = await probe.AskAsync(AggregationState.TargetOf(spec), known, spec.Group!, spec.Version!, cancellationToken);
        if (found is null)
        {
            Fail(spec);
            return Condition(false, "FailedDiscoveryCheck", failure);
        }

        if (!Same(known, found))
            state.Hear(spec.Group!, spec.Version!, found);
        return Condition(true, "Passed", "all checks passed");
    }

    public static APIServiceCondition Condition(bool available, string reason, string message) =>
        new() { Type = AggregationState.Available, Status = available ? "True" : "False", Reason = reason, Message = message };

    /// <summary>What is missing in the cluster, before the server itself is asked.</summary>
    private APIServiceCondition? Unready(APIServiceSpec spec)
    {
        var (ns, name) = (spec.Service?.Namespace ?? "", spec.Service?.Name ?? "");
        var port = spec.Service?.Port ?? HttpsPort;
        if (reader.Find<Service>(ns, name) is not { } service)
            return Condition(false, "ServiceNotFound", $"service/{name} in \"{ns}\" is not present");
        if (service.Spec?.Type == "ExternalName")
            return null;
        if (service.Spec?.Ports?.FirstOrDefault(p => p.Port == port) is not { } found)
            return Condition(false, "ServicePortError", string.Create(CultureInfo.InvariantCulture, $"service/{name} in \"{ns}\" is not listening on port {port}"));
        return endpoints.HasReady(ns, name, found.Name ?? "") ? null
            : Condition(false, "MissingEndpoints", $"endpoints for service/{name} in \"{ns}\" have no addresses with port name \"{found.Name}\"");
    }

    // What was known stays in discovery, marked as stale.
    private void Fail(APIServiceSpec spec)
    {
        var known = state.Heard(spec.Group!, spec.Version!);
        if (known.IsCurrent)
            state.Hear(spec.Group!, spec.Version!, known with { IsCurrent = false });
    }

    private static bool Same(ForeignDiscovery known, ForeignDiscovery found) =>
        known.IsCurrent == found.IsCurrent && known.OpenApiPath == found.OpenApiPath && known.OpenApi2 == found.OpenApi2
        && System.Text.Json.Nodes.JsonNode.DeepEquals(known.Resources, found.Resources);
}
