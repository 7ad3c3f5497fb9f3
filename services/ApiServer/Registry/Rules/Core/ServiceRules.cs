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

        if (IsExternal(spec))
            spec.ExternalTrafficPolicy = Or(spec.ExternalTrafficPolicy, "Cluster");
        if (spec.Type != "ExternalName")
            spec.InternalTrafficPolicy ??= "Cluster";
        if (spec.Type == "LoadBalancer")
            spec.AllocateLoadBalancerNodePorts ??= true;
        DefaultFamilies(spec);
    }

    protected override void PrepareForCreate(Service value)
    {
        value.Status = new() { LoadBalancer = new() };
        DropUnused(value.Spec!);
    }

    protected override bool PrepareForUpdate(Service value, Service old)
    {
        value.Status = old.Status;
        DropUnused(value.Spec!);
        if (old.Spec is not { } before || value.Spec is not { } spec)
            return false;
        DropOfOtherType(spec, before);
        if (spec.Type != "ExternalName" && before.Type != "ExternalName")
        {
            if (string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs is not { Count: > 0 })
            {
                spec.ClusterIP = before.ClusterIP;
                spec.ClusterIPs = before.ClusterIPs;
            }
            else if (spec.ClusterIPs is not { Count: > 0 } && spec.ClusterIP == before.ClusterIP)
                spec.ClusterIPs = before.ClusterIPs;
        }

        if (NeedsNodePorts(spec) && NeedsNodePorts(before))
            KeepNodePorts(spec, before);
        if (spec.ExternalTrafficPolicy == "Local" && spec.Type == "LoadBalancer" && spec.HealthCheckNodePort is null or 0)
            spec.HealthCheckNodePort = before.HealthCheckNodePort;
        return false;
    }

    protected override void PrepareForStatusUpdate(Service value, Service old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Service value) => ServiceValidation.Validate(value.Spec!, "spec");

    protected override IEnumerable<FieldError> ValidateUpdate(Service value, Service old)
    {
        if (value.Spec is not { } spec || old.Spec is not { } before || spec.Type == "ExternalName" || before.Type == "ExternalName")
            yield break;
        if (!string.IsNullOrEmpty(before.ClusterIP) && spec.ClusterIP != before.ClusterIP)
            yield return FieldError.Invalid("spec.clusterIPs[0]", spec.ClusterIPs ?? [spec.ClusterIP ?? ""], "may not change once set");
        if (before.Type == "LoadBalancer" && spec.Type == "LoadBalancer" && before.LoadBalancerClass != spec.LoadBalancerClass)
            yield return FieldError.Invalid("spec.loadBalancerClass", spec.LoadBalancerClass, "may not change once set");
    }

    protected override IEnumerable<string> Warnings(Service value) => ServiceWarnings.Of(value);

    protected override object?[] Row(Service value, DateTimeOffset now) => ServiceTable.Row(value, now);

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;

    private static bool NeedsNodePorts(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    private static void DefaultFamilies(ServiceSpec spec)
    {
        if (spec.Type == "ExternalName")
            return;
        if (string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs is { Count: > 0 } ips)
            spec.ClusterIP = ips[0];
        else if (!string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs is not { Count: > 0 })
            spec.ClusterIPs = [spec.ClusterIP];
        var selectorless = spec.ClusterIP == "None" && spec.Selector is not { Count: > 0 };
        if (spec.IpFamilies is not { Count: > 0 })
        {
            spec.IpFamilies = selectorless && string.IsNullOrEmpty(spec.IpFamilyPolicy)
                ? ["IPv4", "IPv6"]
                : [spec.ClusterIP?.Contains(':') == true ? "IPv6" : "IPv4"];
        }

        spec.IpFamilyPolicy = Or(spec.IpFamilyPolicy, spec.IpFamilies.Count > 1 ? "RequireDualStack" : "SingleStack");
    }

    /// <summary>Fields that belong to another type of service do not survive a change of type.</summary>
    private static void DropUnused(ServiceSpec spec)
    {
        if (spec.Type == "ExternalName")
        {
            spec.ClusterIP = null;
            spec.ClusterIPs = null;
            spec.IpFamilies = null;
            spec.IpFamilyPolicy = null;
        }

        if (spec.Type != "LoadBalancer")
        {
            spec.AllocateLoadBalancerNodePorts = null;
            spec.LoadBalancerClass = null;
        }

        if (spec.Type != "LoadBalancer" || spec.ExternalTrafficPolicy != "Local")
            spec.HealthCheckNodePort = null;
    }

    /// <summary>
    /// What a service of the earlier type was given, and what the writer left as it was. Who changes the type need not know of it; who changes it as well
    /// is told by validation that it does not fit.
    /// </summary>
    private static void DropOfOtherType(ServiceSpec spec, ServiceSpec before)
    {
        if (IsExternal(before) && !IsExternal(spec) && spec.ExternalTrafficPolicy == before.ExternalTrafficPolicy)
            spec.ExternalTrafficPolicy = null;
        var hadPorts = before.Type is "NodePort" or "LoadBalancer" && spec.Type is not ("NodePort" or "LoadBalancer");
        if (hadPorts && (spec.Ports ?? []).Select(p => p.NodePort).SequenceEqual((before.Ports ?? []).Select(p => p.NodePort)))
            spec.Ports = [.. (spec.Ports ?? []).Select(p => p with { NodePort = null })];
    }

    private static bool IsExternal(ServiceSpec spec) =>
        spec.Type is "NodePort" or "LoadBalancer" || (spec.Type == "ClusterIP" && spec.ExternalIPs is { Count: > 0 });

    private static void KeepNodePorts(ServiceSpec spec, ServiceSpec before)
    {
        var used = (spec.Ports ?? []).Select(p => p.NodePort ?? 0).Where(p => p != 0).ToHashSet();
        foreach (var port in (spec.Ports ?? []).Where(p => p.NodePort is null or 0))
        {
            var match = (before.Ports ?? []).FirstOrDefault(b => b.Port == port.Port && b.Protocol == port.Protocol);
            if (match?.NodePort is { } nodePort and not 0 && used.Add(nodePort))
                port.NodePort = nodePort;
        }
    }
}
