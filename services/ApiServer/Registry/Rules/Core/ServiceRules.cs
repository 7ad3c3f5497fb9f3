using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>
/// Services. Addresses and node ports are given by the registry's allocators between defaulting and validation; an update that leaves them
/// out keeps those that the service has.
/// </summary>
internal sealed class ServiceRules : ResourceRules<Service>
{
    public override bool AllowsCreateOnUpdate => true;

    public override bool ReturnsDeletedObject => true;

    /// <summary>How long client affinity lasts unless the service says otherwise, in seconds.</summary>
    private const int AffinitySeconds = 10800;

    private static readonly SelectableField[] Fields =
    [
        new("spec.clusterIP"),
        new("spec.type"),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override IReadOnlyList<TableColumn> Columns => ServiceTable.Columns;

    public override string? ValidateName(string name) => NameFormats.Dns1035Label(name).FirstOrDefault();

    protected override void Default(Service value)
    {
        var spec = value.Spec ??= new();
        spec.SessionAffinity = Or(spec.SessionAffinity, "None");
        spec.SessionAffinityConfig = spec.SessionAffinity switch
        {
            "ClientIP" when spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is null => new() { ClientIP = new() { TimeoutSeconds = AffinitySeconds } },
            "None" => null,
            _ => spec.SessionAffinityConfig,
        };
        spec.Type = Or(spec.Type, "ClusterIP");
        foreach (var port in spec.Ports ?? [])
        {
            port.Protocol = Or(port.Protocol, "TCP");
            if (port.TargetPort is null or { Text: null, Number: 0 } or { Text: "" })
                port.TargetPort = port.Port ?? 0;
        }

        if (ServiceValidation.IsExternal(spec))
            spec.ExternalTrafficPolicy = Or(spec.ExternalTrafficPolicy, "Cluster");
        if (spec.Type != "ExternalName")
            spec.InternalTrafficPolicy ??= "Cluster";
        if (spec.Type != "LoadBalancer")
            return;
        spec.AllocateLoadBalancerNodePorts ??= true;
        foreach (var ingress in (value.Status?.LoadBalancer?.Ingress ?? []).Where(i => !string.IsNullOrEmpty(i.Ip)))
            ingress.IpMode ??= "VIP";
    }

    protected override void PrepareForCreate(Service value)
    {
        value.Status = new() { LoadBalancer = new() };
        ServiceTransition.SpreadAddress(value.Spec!);
    }

    protected override bool PrepareForUpdate(Service value, Service old)
    {
        value.Status = old.Status;
        if (old.Spec is not { } before || value.Spec is not { } spec)
            return false;
        ServiceTransition.Keep(spec, before);
        ServiceTransition.Drop(spec, before);
        // The balancer goes only in a while, but is nothing anymore that a client should use.
        if (spec.Type != "LoadBalancer" && value.Status?.LoadBalancer?.Ingress is { Count: > 0 })
            value.Status = value.Status with { LoadBalancer = new() };
        return false;
    }

    protected override void PrepareForStatusUpdate(Service value, Service old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Service value) => ServiceValidation.Validate(value);

    protected override IEnumerable<FieldError> ValidateUpdate(Service value, Service old)
    {
        if (value.Spec is not { } spec || old.Spec is not { } before)
            yield break;
        foreach (var error in ServiceAddressValidation.ValidateUpdate(spec, before))
            yield return error;
        if (before.Type == "LoadBalancer" && spec.Type == "LoadBalancer" && before.LoadBalancerClass != spec.LoadBalancerClass)
            yield return FieldError.Invalid("spec.loadBalancerClass", spec.LoadBalancerClass, "may not change once set");
        if (ServiceValidation.NeedsHealthCheck(before) && ServiceValidation.NeedsHealthCheck(spec) && before.HealthCheckNodePort != spec.HealthCheckNodePort)
            yield return FieldError.Forbidden("spec.healthCheckNodePort", "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Service value, Service old) => ServiceValidation.Status(value);

    protected override IEnumerable<string> Warnings(Service value) => ServiceWarnings.Of(value);

    protected override object?[] Row(Service value, DateTimeOffset now) => ServiceTable.Row(value, now);

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
