using System.Runtime.CompilerServices;
using Platform.Api.Authentication.V1;
using Platform.Api.Rbac.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization.Rbac;

/// <summary>
/// Role-based access control from the watch caches. What a user has is looked up once per user and version of the policy; a connection keeps one
/// UserInfo for all its requests, so the usual request finds its grants by reference.
/// </summary>
internal sealed class RbacAuthorizer(IObjectReader reader)
{
    private readonly ConditionalWeakTable<UserInfo, CompiledUser> _compiled = [];
    private readonly Lock _building = new();
    private volatile PolicySnapshot? _snapshot;

    public AuthorizationDecision Authorize(UserInfo user, RequestInfo request)
    {
        List<string>? missing = null;
        foreach (var grant in Grants(user))
        {
            if (grant.Namespace is not null && grant.Namespace != request.Namespace)
                continue;
            if (grant.Missing is not null)
                (missing ??= []).Add(grant.Missing);
            for (var i = 0; i < grant.Rules.Count; i++)
            {
                if (RuleMatch.Allows(grant.Rules[i], request) && (grant.Namespace is null || request.IsResourceRequest))
                    return AuthorizationDecision.Allow(grant.Reason);
            }
        }

        return AuthorizationDecision.NoOpinion(missing is null ? "" : "RBAC: " + string.Join(", ", missing));
    }

    /// <summary>All rules that hold for a user in a namespace; an empty one asks for those that hold everywhere.</summary>
    public IReadOnlyList<PolicyRule> RulesOf(UserInfo user, string ns) =>
        [.. Grants(user).Where(g => g.Namespace is null || g.Namespace == ns).SelectMany(g => g.Rules)];

    /// <summary>The rules of a role that a binding refers to; null where there is no such role.</summary>
    public IReadOnlyList<PolicyRule>? RulesOfRole(RoleRef role, string? ns) => role.Kind == "ClusterRole"
        ? Current().ClusterRole(role.Name ?? "")
        : reader.Find<Role>(ns, role.Name ?? "") is { } found ? found.Rules ?? [] : null;

    private IReadOnlyList<Grant> Grants(UserInfo user)
    {
        var policy = Current();
        if (_compiled.TryGetValue(user, out var known) && known.Policy == policy)
            return known.Grants;
        known = new(policy, policy.GrantsOf(user.Username, user.Groups));
        _compiled.AddOrUpdate(user, known);
        return known.Grants;
    }

    private PolicySnapshot Current()
    {
        var present = _snapshot;
        if (present?.Version == PolicySnapshot.VersionOf(reader))
            return present;
        lock (_building)
        {
            if (_snapshot?.Version != PolicySnapshot.VersionOf(reader))
                _snapshot = PolicySnapshot.Build(reader);
            return _snapshot!;
        }
    }

    private sealed record CompiledUser(PolicySnapshot Policy, IReadOnlyList<Grant> Grants);
}
