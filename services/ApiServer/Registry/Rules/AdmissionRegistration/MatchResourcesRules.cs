using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>What policies and bindings say about the requests that they are about.</summary>
internal static class MatchResourcesRules
{
    private static readonly string[] MatchPolicies = ["Equivalent", "Exact"];
    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
    private static readonly string[] Scopes = ["*", "Cluster", "Namespaced"];

    public static void Default(MatchResources match)
    {
        match.MatchPolicy ??= "Equivalent";
        match.NamespaceSelector ??= new();
        match.ObjectSelector ??= new();
        foreach (var rule in (match.ResourceRules ?? []).Concat(match.ExcludeResourceRules ?? []))
            rule.Scope ??= "*";
    }

    public static IEnumerable<FieldError> Validate(MatchResources match, string path, bool required)
    {
        foreach (var error in Findings.OneOf(match.MatchPolicy, path + ".matchPolicy", MatchPolicies))
            yield return error;
        if (required && match.ResourceRules is not { Count: > 0 })
            yield return FieldError.Required(path + ".resourceRules");
        foreach (var (rule, at) in match.ResourceRules.At(path + ".resourceRules").Concat(match.ExcludeResourceRules.At(path + ".excludeResourceRules")))
        {
            foreach (var error in Validate(rule, at))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Validate(NamedRuleWithOperations rule, string path)
    {
        foreach (var (values, name) in new[]
        {
            (rule.Operations, "operations"), (rule.ApiGroups, "apiGroups"), (rule.ApiVersions, "apiVersions"), (rule.Resources, "resources"),
        })
        {
            if (values is not { Count: > 0 })
                yield return FieldError.Required($"{path}.{name}");
            else if (values.Count > 1 && values.Contains("*") && name != "resources")
                yield return FieldError.Invalid($"{path}.{name}", values, "if '*' is present, must not specify other " + (name == "operations" ? name : "values"));
        }
        foreach (var (operation, at) in rule.Operations.At(path + ".operations"))
        {
            foreach (var error in Findings.OneOf(operation, at, Operations))
                yield return error;
        }
        foreach (var error in Findings.OneOf(rule.Scope, path + ".scope", Scopes))
            yield return error;
    }
}
