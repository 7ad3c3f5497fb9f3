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
    /// What another rule allows beyond what the owner of some rules already may. The rule is taken apart into its smallest parts, each of which
    /// must be allowed by one of the owner's rules; the parts that are not are what is missing.
    /// </summary>
    public static IEnumerable<PolicyRule> Missing(IReadOnlyList<PolicyRule> owned, PolicyRule rule) => Parts(rule).Where(part => !owned.Any(o => Covers(o, part)));

    /// <summary>Whether the owner of some rules already may do all that another rule allows.</summary>
    public static bool Covers(IReadOnlyList<PolicyRule> owned, PolicyRule rule) => !Missing(owned, rule).Any();

    private static IEnumerable<PolicyRule> Parts(PolicyRule rule)
    {
        IReadOnlyList<string>? names = rule.ResourceNames is { Count: > 0 } given ? given : null;
        foreach (var group in rule.ApiGroups ?? [])
        {
            foreach (var resource in rule.Resources ?? [])
            {
                foreach (var verb in rule.Verbs ?? [])
                {
                    var part = new PolicyRule { ApiGroups = [group], Resources = [resource], Verbs = [verb] };
                    foreach (var one in names?.Select(name => part with { ResourceNames = [name] }) ?? [part])
                        yield return one;
                }
            }
        }
        foreach (var path in rule.NonResourceURLs ?? [])
        {
            foreach (var verb in rule.Verbs ?? [])
                yield return new() { NonResourceURLs = [path], Verbs = [verb] };
        }
    }

    private static bool Covers(PolicyRule owned, PolicyRule part)
    {
        if (!Has(owned.Verbs, part.Verbs![0]))
            return false;
        if (part.NonResourceURLs is [var path])
            return HasPath(owned.NonResourceURLs, path);
        var resource = part.Resources![0];
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var (main, sub) = slash < 0 ? (resource, "") : (resource[..slash], resource[(slash + 1)..]);
        return Has(owned.ApiGroups, part.ApiGroups![0]) && HasResource(owned.Resources, main, sub)
            && (owned.ResourceNames is not { Count: > 0 } allowed || (part.ResourceNames is [var name] && allowed.Contains(name)));
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
