using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Quotas: what a namespace may use.</summary>
internal sealed class ResourceQuotaRules : ResourceRules<ResourceQuota>
{
    private static readonly Dictionary<string, Quantity> NoAmounts = [];

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Age", Description: "Time since the object was created."),
        new("Request", Description: "Requests and counts: used, out of what is allowed."),
        new("Limit", Description: "Limits: used, out of what is allowed."),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ResourceQuota value) => value.Spec ??= new();

    protected override void PrepareForCreate(ResourceQuota value) => value.Status = new();

    protected override bool PrepareForUpdate(ResourceQuota value, ResourceQuota old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(ResourceQuota value, ResourceQuota old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(ResourceQuota value) =>
    [
        .. Amounts(value.Spec!.Hard, "spec.hard"),
        .. Scopes(value.Spec),
        .. (value.Spec.ScopeSelector?.MatchExpressions ?? []).SelectMany(r => Requirement(value.Spec, r, "spec.scopeSelector.matchExpressions")),
        .. Conflicts([.. (value.Spec.ScopeSelector?.MatchExpressions ?? []).Select(r => r.ScopeName ?? "")], "spec.scopeSelector.matchExpressions"),
    ];

    protected override IEnumerable<FieldError> ValidateUpdate(ResourceQuota value, ResourceQuota old)
    {
        foreach (var (name, amount) in (value.Spec!.Hard ?? NoAmounts).Where(a => a.Value.Sign < 0))
            yield return FieldError.Invalid($"spec.hard[{name}]", amount.ToString(), "must be greater than or equal to 0");
        if (!(value.Spec.Scopes ?? []).ToHashSet(StringComparer.Ordinal).SetEquals(old.Spec?.Scopes ?? []))
            yield return FieldError.Invalid("spec.scopes", value.Spec.Scopes, "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(ResourceQuota value, ResourceQuota old) =>
        Amounts(value.Status?.Hard, "status.hard").Concat(Amounts(value.Status?.Used, "status.used"));

    protected override object?[] Row(ResourceQuota value, DateTimeOffset now)
    {
        var (hard, used) = (value.Status?.Hard ?? NoAmounts, value.Status?.Used ?? NoAmounts);
        string Cell(bool limits) => string.Join(", ", hard.Where(h => h.Key.StartsWith("limits", StringComparison.Ordinal) == limits)
            .OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {(used.TryGetValue(h.Key, out var amount) ? amount : Quantity.Zero)}/{h.Value}"));
        return [value.Metadata.Name, Cells.Since(value.Metadata.CreationTimestamp, now), Cell(limits: false), Cell(limits: true)];
    }

    private static IEnumerable<FieldError> Amounts(IReadOnlyDictionary<string, Quantity>? amounts, string path)
    {
        foreach (var (name, amount) in amounts ?? NoAmounts)
        {
            var at = $"{path}[{name}]";
            foreach (var error in NameFormats.QualifiedName(name))
                yield return FieldError.Invalid(at, name, error);
            if (!name.Contains('/') && !QuotaResources.IsStandard(name))
                yield return FieldError.Invalid(at, name, "must be a standard resource for quota");
            if (amount.Sign < 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be greater than or equal to 0");
            if (QuotaResources.IsCount(name) && amount.Nanos % 1_000_000_000 != 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be an integer");
        }
    }

    private static IEnumerable<FieldError> Scopes(ResourceQuotaSpec spec)
    {
        const string path = "spec.scopes";
        foreach (var scope in spec.Scopes ?? [])
        {
            if (!QuotaResources.IsScope(scope))
                yield return FieldError.Invalid(path, spec.Scopes, "unsupported scope");
            foreach (var _ in Unbounded(spec, scope))
                yield return FieldError.Invalid(path, spec.Scopes, "unsupported scope applied to resource");
        }

        foreach (var error in Conflicts(spec.Scopes ?? [], path))
            yield return error;
    }

    private static IEnumerable<string> Unbounded(ResourceQuotaSpec spec, string scope) =>
        (spec.Hard ?? NoAmounts).Keys.Order(StringComparer.Ordinal).Where(k => QuotaResources.IsStandard(k) && !QuotaResources.Allows(scope, k));

    private static IEnumerable<FieldError> Conflicts(IReadOnlyList<string> scopes, string path)
    {
        foreach (var (one, other) in new[] { ("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating") })
        {
            if (scopes.Contains(one) && scopes.Contains(other))
                yield return FieldError.Invalid(path, scopes, "conflicting scopes");
        }
    }

    private static IEnumerable<FieldError> Requirement(ResourceQuotaSpec spec, ScopedResourceSelectorRequirement requirement, string path)
    {
        var scope = requirement.ScopeName ?? "";
        if (!QuotaResources.IsScope(scope))
            yield return FieldError.Invalid($"{path}.scopeName", scope, "unsupported scope");
        foreach (var _ in Unbounded(spec, scope))
            yield return FieldError.Invalid(path, spec.ScopeSelector, "unsupported scope applied to resource");
        if (QuotaResources.IsScope(scope) && scope != "PriorityClass" && requirement.Operator != "Exists")
            yield return FieldError.Invalid($"{path}.operator", requirement.Operator ?? "",
                "must be 'Exist' only operator when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
                + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values is not { Count: > 0 })
                    yield return FieldError.Required($"{path}.values", "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Values is { Count: > 0 })
                    yield return FieldError.Invalid($"{path}.values", requirement.Values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                break;
            default:
                yield return FieldError.Invalid($"{path}.operator", requirement.Operator ?? "", "not a valid selector operator");
                break;
        }
    }
}
