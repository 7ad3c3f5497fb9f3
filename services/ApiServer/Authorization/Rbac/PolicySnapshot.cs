using Platform.Api.Meta.V1;
using Platform.Api.Rbac.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization.Rbac;

/// <summary>What a binding gives to a subject.</summary>
/// <param name="Namespace">Where it holds; null for everywhere.</param>
/// <param name="Rules">Rules of the role.</param>
/// <param name="Reason">Which binding and role these are.</param>
/// <param name="Missing">The role's name where there is no such role.</param>
internal sealed record Grant(string? Namespace, IReadOnlyList<PolicyRule> Rules, string Reason, string? Missing);

/// <summary>
/// All roles and bindings at one version, by subject. Made anew when one of them changes, so that a request only looks its user's groups up.
/// Aggregated cluster roles are put together here, so they hold as soon as their parts do.
/// </summary>
internal sealed class PolicySnapshot
{
    private readonly Dictionary<string, List<Grant>> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Grant>> _groups = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<PolicyRule>> _clusterRoles;

    private PolicySnapshot(long version, Dictionary<string, IReadOnlyList<PolicyRule>> clusterRoles)
    {
        Version = version;
        _clusterRoles = clusterRoles;
    }

    public long Version { get; }

    public static long VersionOf(IObjectReader reader) =>
        reader.VersionOf<ClusterRole>() + reader.VersionOf<Role>() + reader.VersionOf<ClusterRoleBinding>() + reader.VersionOf<RoleBinding>();

    public static PolicySnapshot Build(IObjectReader reader)
    {
        // The version comes first: a change while this reads makes the snapshot too old, never too new.
        var version = VersionOf(reader);
        var clusterRoles = Aggregate(reader.List<ClusterRole>());
        var snapshot = new PolicySnapshot(version, clusterRoles);
        foreach (var binding in reader.List<ClusterRoleBinding>())
        {
            if (binding.RoleRef is { } role)
                snapshot.Add(binding.Subjects, null, role, "ClusterRoleBinding", binding.Metadata.Name!, clusterRoles.GetValueOrDefault(role.Name ?? ""));
        }

        foreach (var binding in reader.List<RoleBinding>())
        {
            if (binding.RoleRef is not { } role)
                continue;
            var ns = binding.Metadata.Namespace!;
            var name = role.Name ?? "";
            var rules = role.Kind == "ClusterRole" ? clusterRoles.GetValueOrDefault(name)
                : reader.Find<Role>(ns, name) is { } found ? found.Rules ?? [] : null;
            snapshot.Add(binding.Subjects, ns, role, "RoleBinding", $"{binding.Metadata.Name}/{ns}", rules);
        }

        return snapshot;
    }

    /// <summary>Rules of a cluster role with those of its parts; null where there is none.</summary>
    public IReadOnlyList<PolicyRule>? ClusterRole(string name) => _clusterRoles.GetValueOrDefault(name);

    /// <summary>What a user has, by name and by groups.</summary>
    public IReadOnlyList<Grant> GrantsOf(string? user, IReadOnlyList<string>? userGroups)
    {
        List<Grant> grants = [.. _users.GetValueOrDefault(user ?? "") ?? []];
        foreach (var group in userGroups ?? [])
            grants.AddRange(_groups.GetValueOrDefault(group) ?? []);
        return grants;
    }

    private void Add(IReadOnlyList<Subject>? subjects, string? ns, RoleRef role, string bindingKind, string binding, IReadOnlyList<PolicyRule>? rules)
    {
        foreach (var subject in subjects ?? [])
        {
            var (table, key) = subject.Kind switch
            {
                "User" => (_users, subject.Name),
                "Group" => (_groups, subject.Name),
                "ServiceAccount" => (_users, $"system:serviceaccount:{subject.Namespace ?? ns}:{subject.Name}"),
                _ => (_users, null),
            };
            if (key is null)
                continue;
            var reason = $"RBAC: allowed by {bindingKind} \"{binding}\" of {role.Kind} \"{role.Name}\" to {subject.Kind} \"{subject.Name}\"";
            var missing = rules is null ? $"{role.Kind?.ToLowerInvariant()}.rbac.authorization.k8s.io \"{role.Name}\" not found" : null;
            if (!table.TryGetValue(key, out var list))
                table[key] = list = [];
            list.Add(new(ns, rules ?? [], reason, missing));
        }
    }

    private static Dictionary<string, IReadOnlyList<PolicyRule>> Aggregate(IReadOnlyList<ClusterRole> roles)
    {
        var rules = new Dictionary<string, IReadOnlyList<PolicyRule>>(StringComparer.Ordinal);
        foreach (var role in roles)
            rules[role.Metadata.Name!] = role.AggregationRule is null ? role.Rules ?? [] : [.. WithParts(role, roles, [])];
        return rules;
    }

    // Aggregation nests: admin selects edit, which selects view. A role that selects itself is visited once.
    private static IEnumerable<PolicyRule> WithParts(ClusterRole role, IReadOnlyList<ClusterRole> roles, HashSet<string> visited)
    {
        if (!visited.Add(role.Metadata.Name!))
            return [];
        var selectors = role.AggregationRule?.ClusterRoleSelectors ?? [];
        return [.. role.Rules ?? [], .. roles.Where(r => selectors.Any(s => Selects(s, r))).SelectMany(r => WithParts(r, roles, visited))];
    }

    private static bool Selects(LabelSelector selector, ClusterRole role) =>
        Platform.Api.Selectors.Selector.From(selector).Matches(role.Metadata.Labels);
}
