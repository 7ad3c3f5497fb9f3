using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Which writes a policy, or a binding of one, is about.</summary>
internal static class MatchResourcesRules
{
    private static readonly string[] Policies = ["Equivalent", "Exact"];

    public static void Default(MatchResources? match)
    {
        if (match is null)
            return;
        match.MatchPolicy ??= "Equivalent";
        match.NamespaceSelector ??= new();
        match.ObjectSelector ??= new();
        foreach (var rule in (match.ResourceRules ?? []).Concat(match.ExcludeResourceRules ?? []))
            rule.Scope ??= "*";
    }

    public static IEnumerable<FieldError> Validate(MatchResources match, string path) =>
    [
        .. Findings.OneOf(match.MatchPolicy, $"{path}.matchPolicy", Policies, required: true),
        .. Selector(match.NamespaceSelector, $"{path}.namespaceSelector"),
        .. Selector(match.ObjectSelector, $"{path}.objectSelector"),
        .. match.ResourceRules.At($"{path}.resourceRules").SelectMany(r => RuleValidation.Validate(r.Item, r.Path)),
        .. match.ExcludeResourceRules.At($"{path}.excludeResourceRules").SelectMany(r => RuleValidation.Validate(r.Item, r.Path)),
    ];

    private static IEnumerable<FieldError> Selector(Api.Meta.V1.LabelSelector? selector, string path) =>
        selector is null ? [FieldError.Required(path)] : LabelSelectorValidation.Validate(selector, path);
}
