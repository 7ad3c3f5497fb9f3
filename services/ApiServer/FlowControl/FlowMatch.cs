using Platform.Api.Authentication.V1;
using Platform.Api.FlowControl.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.FlowControl;

/// <summary>Whether a flow schema is about a request: one of its rules must name both the user and what is asked for.</summary>
internal static class FlowMatch
{
    private const string All = "*";

    public static bool Matches(FlowSchema schema, UserInfo user, RequestInfo request)
    {
        if (schema.Spec?.Rules is not { } rules)
            return false;
        for (var i = 0; i < rules.Count; i++)
        {
            if (MatchesTarget(rules[i], request) && MatchesSubject(rules[i].Subjects, user))
                return true;
        }
        return false;
    }

    private static bool MatchesSubject(IReadOnlyList<Subject>? subjects, UserInfo user)
    {
        for (var i = 0; i < subjects?.Count; i++)
        {
            var subject = subjects[i];
            var matches = subject.Kind switch
            {
                "User" => subject.User?.Name is { } name && (name == All || name == user.Username),
                "Group" => subject.Group?.Name is { } group && (group == All || Has(user.Groups, group)),
                "ServiceAccount" => IsAccount(subject.ServiceAccount, user.Username),
                _ => false,
            };
            if (matches)
                return true;
        }
        return false;
    }

    // system:serviceaccount:{namespace}:{name}
    private static bool IsAccount(ServiceAccountSubject? account, string? username)
    {
        const string prefix = "system:serviceaccount:";
        if (account is null || username is null || !username.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var rest = username.AsSpan(prefix.Length);
        var colon = rest.IndexOf(':');
        return colon >= 0 && rest[..colon].SequenceEqual(account.Namespace) && (account.Name == All || rest[(colon + 1)..].SequenceEqual(account.Name));
    }

    private static bool MatchesTarget(PolicyRulesWithSubjects rule, RequestInfo request)
    {
        if (request.IsResourceRequest)
        {
            for (var i = 0; i < rule.ResourceRules?.Count; i++)
            {
                if (MatchesResource(rule.ResourceRules[i], request))
                    return true;
            }
            return false;
        }
        for (var i = 0; i < rule.NonResourceRules?.Count; i++)
        {
            if (HasOrAll(rule.NonResourceRules[i].Verbs, request.Verb) && MatchesPath(rule.NonResourceRules[i].NonResourceURLs, request.Path))
                return true;
        }
        return false;
    }

    private static bool MatchesResource(ResourcePolicyRule rule, RequestInfo request) =>
        HasOrAll(rule.Verbs, request.Verb) && HasOrAll(rule.ApiGroups, request.Group) && MatchesName(rule.Resources, request)
        && (request.Namespace.Length == 0 || request.Resource == "namespaces" ? rule.ClusterScope == true : HasOrAll(rule.Namespaces, request.Namespace));

    private static bool MatchesName(IReadOnlyList<string>? names, RequestInfo request)
    {
        if (request.Subresource.Length == 0)
            return HasOrAll(names, request.Resource);
        for (var i = 0; i < names?.Count; i++)
        {
            var name = names[i].AsSpan();
            if (name is All)
                return true;
            if (name.Length == request.Resource.Length + 1 + request.Subresource.Length && name.StartsWith(request.Resource, StringComparison.Ordinal)
                && name[request.Resource.Length] == '/' && name.EndsWith(request.Subresource, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static bool MatchesPath(IReadOnlyList<string>? paths, string path)
    {
        for (var i = 0; i < paths?.Count; i++)
        {
            var rule = paths[i];
            if (rule == All || rule == path || (rule.EndsWith("/*", StringComparison.Ordinal)
                && path.AsSpan().StartsWith(rule.AsSpan(0, rule.Length - 1), StringComparison.Ordinal)))
                return true;
        }
        return false;
    }

    private static bool HasOrAll(IReadOnlyList<string>? list, string value) => Has(list, value) || Has(list, All);

    private static bool Has(IReadOnlyList<string>? list, string value)
    {
        for (var i = 0; i < list?.Count; i++)
        {
            if (list[i] == value)
                return true;
        }
        return false;
    }
}
