using System.Globalization;
using Platform.Api.Errors;
using Platform.Api.Rbac.V1;

namespace Platform.ApiServer.Registry.Rules.Rbac;

/// <summary>Roles within a namespace.</summary>
internal sealed class RoleRules : ResourceRules<Role>
{
    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns => RoleValidation.Columns;

    public override string? ValidateName(string name) => RoleValidation.Name(name);

    protected override IEnumerable<FieldError> Validate(Role value) => RoleValidation.Rules(value.Rules, namespaced: true);

    protected override object?[] Row(Role value, DateTimeOffset now) => [value.Metadata.Name, RoleValidation.Time(value.Metadata.CreationTimestamp)];
}

/// <summary>Roles of the whole cluster.</summary>
internal sealed class ClusterRoleRules : ResourceRules<ClusterRole>
{
    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns => RoleValidation.Columns;

    public override string? ValidateName(string name) => RoleValidation.Name(name);

    protected override IEnumerable<FieldError> Validate(ClusterRole value)
    {
        foreach (var error in RoleValidation.Rules(value.Rules, namespaced: false))
            yield return error;
        if (value.AggregationRule is not { } aggregation)
            yield break;
        if (aggregation.ClusterRoleSelectors is not { Count: > 0 })
            yield return FieldError.Required("aggregationRule.clusterRoleSelectors", "at least one clusterRoleSelector required if aggregationRule is non-nil");
        foreach (var (selector, i) in (aggregation.ClusterRoleSelectors ?? []).Select((s, i) => (s, i)))
        {
            foreach (var error in LabelSelectorValidation.Validate(selector, $"aggregationRule.clusterRoleSelectors[{i}]"))
                yield return error;
        }
    }

    protected override object?[] Row(ClusterRole value, DateTimeOffset now) => [value.Metadata.Name, RoleValidation.Time(value.Metadata.CreationTimestamp)];
}

/// <summary>What both kinds of role share.</summary>
internal static class RoleValidation
{
    public static readonly IReadOnlyList<TableColumn> Columns = [Cells.Name, new("Created At", "date", Description: "When the object was created.")];

    /// <summary>Role names are path segments and nothing more.</summary>
    public static string? Name(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ when name.Contains('/') => "may not contain '/'",
        _ when name.Contains('%') => "may not contain '%'",
        _ => null,
    };

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    public static IEnumerable<FieldError> Rules(IReadOnlyList<PolicyRule>? rules, bool namespaced)
    {
        foreach (var (rule, i) in (rules ?? []).Select((r, i) => (r, i)))
        {
            var at = $"rules[{i}]";
            if (rule.Verbs is not { Count: > 0 })
                yield return FieldError.Required($"{at}.verbs", "verbs must contain at least one value");
            if (rule.NonResourceURLs is { Count: > 0 } urls)
            {
                if (namespaced)
                    yield return FieldError.Invalid($"{at}.nonResourceURLs", urls, "namespaced rules cannot apply to non-resource URLs");
                if (rule.ApiGroups is { Count: > 0 } || rule.Resources is { Count: > 0 } || rule.ResourceNames is { Count: > 0 })
                    yield return FieldError.Invalid($"{at}.nonResourceURLs", urls, "rules cannot apply to both regular resources and non-resource URLs");
                continue;
            }

            if (rule.ApiGroups is not { Count: > 0 })
                yield return FieldError.Required($"{at}.apiGroups", "resource rules must supply at least one api group");
            if (rule.Resources is not { Count: > 0 })
                yield return FieldError.Required($"{at}.resources", "resource rules must supply at least one resource");
        }
    }
}
