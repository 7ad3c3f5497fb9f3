using Platform.Api.Errors;
using Platform.Api.Networking.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Networking;

/// <summary>Ingresses.</summary>
internal sealed class IngressRules : ResourceRules<Ingress>
{
    /// <summary>Hosts that a row shows before it says how many more there are.</summary>
    private const int ShownHosts = 3;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Class", Description: "Class of the ingress."),
        new("Hosts", Description: "Hosts that rules are for."),
        new("Address", Description: "Addresses of the load balancer."),
        new("Ports", Description: "Ports that are listened on."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void PrepareForCreate(Ingress value)
    {
        value.Metadata.Generation = 1;
        value.Status = new() { LoadBalancer = new() };
    }

    protected override bool PrepareForUpdate(Ingress value, Ingress old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(Ingress value, Ingress old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Ingress value) => IngressValidation.Spec(value.Spec ?? new(), "spec");

    protected override IEnumerable<FieldError> ValidateCreate(Ingress value)
    {
        if (value.Metadata.Annotations?.TryGetValue(IngressValidation.ClassAnnotation, out var annotated) == true
            && value.Spec?.IngressClassName is { } named && named != annotated)
        {
            yield return FieldError.Invalid($"annotations.{IngressValidation.ClassAnnotation}", annotated, "must match `ingressClassName` when both are specified");
        }
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Ingress value, Ingress old) => IngressValidation.Status(value.Status?.LoadBalancer);

    protected override IEnumerable<string> Warnings(Ingress value)
    {
        if (value.Spec?.IngressClassName is null && value.Metadata.Annotations?.ContainsKey(IngressValidation.ClassAnnotation) == true)
            yield return $"annotation \"{IngressValidation.ClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead";
    }

    protected override IEnumerable<string> UpdateWarnings(Ingress value, Ingress old) => [];

    protected override object?[] Row(Ingress value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.IngressClassName ?? Cells.None,
        Hosts(value.Spec?.Rules ?? []),
        Addresses(value.Status?.LoadBalancer?.Ingress ?? []),
        value.Spec?.Tls is { Count: > 0 } ? "80, 443" : "80",
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static string Hosts(IReadOnlyList<IngressRule> rules)
    {
        var shown = new List<string>();
        var more = false;
        foreach (var rule in rules)
        {
            more |= shown.Count == ShownHosts;
            if (!more && !string.IsNullOrEmpty(rule.Host))
                shown.Add(rule.Host);
        }
        if (shown.Count == 0)
            return "*";
        var text = string.Join(",", shown);
        return more ? $"{text} + {rules.Count - ShownHosts} more..." : text;
    }

    private static string Addresses(IReadOnlyList<IngressLoadBalancerIngress> points) =>
        string.Join(",", points.Select(p => string.IsNullOrEmpty(p.Ip) ? p.Hostname ?? "" : p.Ip).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal));
}
