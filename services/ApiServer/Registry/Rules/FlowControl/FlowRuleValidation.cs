using Platform.Api.Errors;
using Platform.Api.FlowControl.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.FlowControl;

/// <summary>What the rules of a flow schema must meet: subjects, and resources or paths.</summary>
internal static class FlowRuleValidation
{
    private static readonly string[] Kinds = ["Group", "ServiceAccount", "User"];
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];
    private static readonly string[] Methods = ["connect", "delete", "get", "head", "options", "patch", "post", "put", "trace"];

    public static IEnumerable<FieldError> Validate(PolicyRulesWithSubjects rule, string path)
    {
        if (rule.Subjects is not { Count: > 0 })
            yield return FieldError.Required($"{path}.subjects", "subjects must contain at least one value");
        foreach (var error in rule.Subjects.At($"{path}.subjects").SelectMany(s => Subject(s.Item, s.Path)))
            yield return error;
        if (rule.ResourceRules is not { Count: > 0 } && rule.NonResourceRules is not { Count: > 0 })
            yield return FieldError.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        foreach (var error in rule.ResourceRules.At($"{path}.resourceRules").SelectMany(r => Resources(r.Item, r.Path)))
            yield return error;
        foreach (var error in rule.NonResourceRules.At($"{path}.nonResourceRules").SelectMany(r => Paths(r.Item, r.Path)))
            yield return error;
    }

    private static IEnumerable<FieldError> Subject(Subject subject, string path)
    {
        if (!Kinds.Contains(subject.Kind))
        {
            yield return FieldError.NotSupported($"{path}.kind", subject.Kind ?? "", Kinds);
            yield break;
        }
        foreach (var (kind, field, given) in new[]
        {
            ("ServiceAccount", "serviceAccount", subject.ServiceAccount is not null), ("User", "user", subject.User is not null), ("Group", "group", subject.Group is not null),
        })
        {
            if (given && subject.Kind != kind)
                yield return FieldError.Forbidden($"{path}.{field}", $"{field} is forbidden when subject kind is not '{kind}'");
            else if (!given && subject.Kind == kind)
                yield return FieldError.Required($"{path}.{field}", $"{field} is required when subject kind is '{kind}'");
        }
        if (subject is { Kind: "User", User.Name: null or "" })
            yield return FieldError.Required($"{path}.user.name");
        if (subject is { Kind: "Group", Group.Name: null or "" })
            yield return FieldError.Required($"{path}.group.name");
        if (subject is not { Kind: "ServiceAccount", ServiceAccount: { } account })
            yield break;
        if (string.IsNullOrEmpty(account.Name))
            yield return FieldError.Required($"{path}.serviceAccount.name");
        else if (account.Name != "*")
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(account.Name), $"{path}.serviceAccount.name", account.Name))
                yield return error;
        }
        if (string.IsNullOrEmpty(account.Namespace))
            yield return FieldError.Required($"{path}.serviceAccount.namespace", "must specify namespace for service account");
        else
        {
            foreach (var error in Findings.Of(NameFormats.DnsLabel(account.Namespace), $"{path}.serviceAccount.namespace", account.Namespace))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Resources(ResourcePolicyRule rule, string path)
    {
        foreach (var error in VerbsOf(rule.Verbs, Verbs, $"{path}.verbs"))
            yield return error;
        foreach (var error in Many(rule.ApiGroups, $"{path}.apiGroups", "resource rules must supply at least one api group", "api groups"))
            yield return error;
        foreach (var error in Many(rule.Resources, $"{path}.resources", "resource rules must supply at least one resource", "resources"))
            yield return error;
        if (rule.Namespaces is not { Count: > 0 })
        {
            if (rule.ClusterScope != true)
                yield return FieldError.Required($"{path}.namespaces", "resource rules that are not cluster scoped must supply at least one namespace");
        }
        else if (rule.Namespaces.Contains("*"))
        {
            if (rule.Namespaces.Count > 1)
                yield return FieldError.Invalid($"{path}.namespaces", rule.Namespaces, "if '*' is present, must not specify other namespaces");
        }
        else
        {
            foreach (var error in rule.Namespaces.At($"{path}.namespaces").SelectMany(n => Findings.Of(NameFormats.DnsLabel(n.Item), n.Path, n.Item)))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Paths(NonResourcePolicyRule rule, string path)
    {
        foreach (var error in VerbsOf(rule.Verbs, Methods, $"{path}.verbs"))
            yield return error;
        foreach (var error in Many(rule.NonResourceURLs, $"{path}.nonResourceURLs", "nonResourceURLs must contain at least one value", "non-resource URLs"))
            yield return error;
        if (rule.NonResourceURLs?.Contains("*") == true)
            yield break;
        foreach (var (url, at) in rule.NonResourceURLs.At($"{path}.nonResourceURLs"))
        {
            if (Wrong(url) is { } text)
                yield return FieldError.Invalid(at, url, text);
        }
    }

    private static string? Wrong(string url) => url switch
    {
        "" => "must not be empty",
        "/" => null,
        _ when url[0] != '/' => "must start with slash",
        _ when url.Contains(' ') => "must not contain white-space",
        _ when url.Contains("//", StringComparison.Ordinal) => "must not contain double slash",
        // A star may only be the last segment.
        _ when url.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && (star != url.Length - 1 || url[star - 1] != '/') => "wildcard can only do suffix matching",
        _ => null,
    };

    private static IEnumerable<FieldError> VerbsOf(IReadOnlyList<string>? verbs, string[] supported, string path)
    {
        foreach (var error in Many(verbs, path, "verbs must contain at least one value", "verbs"))
            yield return error;
        if (verbs?.Contains("*") == false && !verbs.All(supported.Contains))
            yield return FieldError.NotSupported(path, verbs, supported);
    }

    private static IEnumerable<FieldError> Many(IReadOnlyList<string>? values, string path, string missing, string others)
    {
        if (values is not { Count: > 0 })
            yield return FieldError.Required(path, missing);
        else if (values.Count > 1 && values.Contains("*"))
            yield return FieldError.Invalid(path, values, $"if '*' is present, must not specify other {others}");
    }
}
