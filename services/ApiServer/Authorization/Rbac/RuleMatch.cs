using Platform.Api.Rbac.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization.Rbac;

/// <summary>Whether a rule allows a request, and whether a set of rules covers another rule.</summary>
internal static class RuleMatch
{
    private const string All = "*";

    public static bool Allows(PolicyRule rule, RequestInfo request) => request.IsResourceRequest
        ? Has(rule.Verbs, request.Verb)
            && Has(rule.ApiGroups, request.Group)
            && HasResource(rule.Resources, request.Resource, request.Subresource)
            && (rule.ResourceNames is not { Count: > 0 } names || names.Contains(request.Name))
        : Has(rule.Verbs, request.Verb) && HasPath(rule.NonResourceURLs, request.Path);

    /// <summary>
    /// Whether the owner of some rules already may do all that another rule allows. The rule is taken apart into its smallest parts, each of
    /// which must be allowed by one of the owner's rules.
    /// </summary>
    public static bool Covers(IReadOnlyList<PolicyRule> owned, PolicyRule rule)
    {
        foreach (var verb in rule.Verbs ?? [])
        {
            foreach (var path in rule.NonResourceURLs ?? [])
            {
                if (!owned.Any(o => Has(o.Verbs, verb) && HasPath(o.NonResourceURLs, path)))
                    return false;
            }

            foreach (var group in rule.ApiGroups ?? [])
            {
                foreach (var resource in rule.Resources ?? [])
                {
                    if (!CoversResource(owned, verb, group, resource, rule.ResourceNames ?? []))
                        return false;
                }
            }
        }

        return true;
    }

    private static bool CoversResource(IReadOnlyList<PolicyRule> owned, string verb, string group, string resource, IReadOnlyList<string> names)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var (main, sub) = slash < 0 ? (resource, "") : (resource[..slash], resource[(slash + 1)..]);
        bool Covered(string? name) => owned.Any(o => Has(o.Verbs, verb) && Has(o.ApiGroups, group) && HasResource(o.Resources, main, sub)
            && (o.ResourceNames is not { Count: > 0 } allowed || (name is not null && allowed.Contains(name))));
        return names.Count == 0 ? Covered(null) : names.All(Covered);
    }

    private static bool Has(IReadOnlyList<string>? list, string value)
    {
        if (list is null)
            return false;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == All || list[i] == value)
                return true;
        }

        return false;
    }

    private static bool HasResource(IReadOnlyList<string>? list, string resource, string subresource)
    {
        if (list is null)
            return false;
        for (var i = 0; i < list.Count; i++)
        {
            var entry = list[i];
            if (entry == All || (subresource.Length == 0 && entry == resource))
                return true;
            if (subresource.Length == 0 || !entry.EndsWith(subresource, StringComparison.Ordinal))
                continue;
            var head = entry.AsSpan(0, entry.Length - subresource.Length);
            if (head.SequenceEqual("*/") || (head.Length == resource.Length + 1 && head[^1] == '/' && head.StartsWith(resource)))
                return true;
        }

        return false;
    }

    private static bool HasPath(IReadOnlyList<string>? list, string path) => list?.Any(entry =>
        entry == All || entry == path || (entry.EndsWith('*') && path.StartsWith(entry.TrimEnd('*'), StringComparison.Ordinal))) == true;
}
