using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Rules that say which writes a webhook or an admission policy is about.</summary>
internal static class RuleValidation
{
    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
    private static readonly string[] Scopes = ["*", "Cluster", "Namespaced"];

    public static IEnumerable<FieldError> Validate(RuleWithOperations rule, string path) =>
        Validate(rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope, path);

    public static IEnumerable<FieldError> Validate(NamedRuleWithOperations rule, string path)
    {
        foreach (var error in Validate(rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope, path))
            yield return error;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, at) in rule.ResourceNames.At($"{path}.resourceNames"))
        {
            foreach (var error in Findings.Of(Findings.PathSegment(name), at, name))
                yield return error;
            if (!seen.Add(name))
                yield return FieldError.Duplicate(at, name);
        }
    }

    private static IEnumerable<FieldError> Validate(IReadOnlyList<string>? operations, IReadOnlyList<string>? groups, IReadOnlyList<string>? versions,
        IReadOnlyList<string>? resources, string? scope, string path) =>
    [
        .. Many(operations, $"{path}.operations", "operations"),
        .. operations.At($"{path}.operations").Where(o => !Operations.Contains(o.Item)).Select(o => FieldError.NotSupported(o.Path, o.Item, Operations)),
        .. Many(groups, $"{path}.apiGroups", "API groups"),
        .. Many(versions, $"{path}.apiVersions", "API versions"),
        .. versions.At($"{path}.apiVersions").Where(v => v.Item.Length == 0).Select(v => FieldError.Required(v.Path)),
        .. Resources(resources, $"{path}.resources"),
        .. Findings.OneOf(scope, $"{path}.scope", Scopes),
    ];

    private static IEnumerable<FieldError> Many(IReadOnlyList<string>? values, string path, string others)
    {
        if (values is not { Count: > 0 })
            yield return FieldError.Required(path);
        else if (values.Count > 1 && values.Contains("*"))
            yield return FieldError.Invalid(path, values, $"if '*' is present, must not specify other {others}");
    }

    private static IEnumerable<FieldError> Resources(IReadOnlyList<string>? resources, string path)
    {
        if (resources is not { Count: > 0 })
            yield return FieldError.Required(path);
        var wholeResources = new HashSet<string>(StringComparer.Ordinal);
        var wholeSubresources = new HashSet<string>(StringComparer.Ordinal);
        var plain = false;
        foreach (var (text, at) in resources.At(path))
        {
            if (text.Length == 0)
            {
                yield return FieldError.Required(at);
                continue;
            }
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                plain |= text != "*";
                continue;
            }
            var (resource, subresource) = (text[..slash], text[(slash + 1)..]);
            if (wholeResources.Contains(resource))
                yield return FieldError.Invalid(at, text, $"if '{resource}/*' is present, must not specify {text}");
            if (wholeSubresources.Contains(subresource))
                yield return FieldError.Invalid(at, text, $"if '*/{subresource}' is present, must not specify {text}");
            if (subresource == "*")
                wholeResources.Add(resource);
            if (resource == "*")
                wholeSubresources.Add(subresource);
        }
        if (resources?.Count > 1 && resources.Contains("*/*"))
            yield return FieldError.Invalid(path, resources, "if '*/*' is present, must not specify other resources");
        if (plain && resources!.Contains("*"))
            yield return FieldError.Invalid(path, resources, "if '*' is present, must not specify other resources without subresources");
    }
}
