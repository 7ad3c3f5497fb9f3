using Platform.Api.Rbac.V1;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>Short notation for the default policy: lists are words between spaces; the core group is written <c>core</c>.</summary>
internal static class PolicyText
{
    public const string Read = "get list watch";
    public const string Write = "create delete deletecollection patch update";
    public const string All = "*";

    public const string BootstrapLabel = "kubernetes.io/bootstrapping";
    public const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";

    public static PolicyRule Rule(string verbs, string groups, string resources, string? names = null) => new()
    {
        Verbs = Words(verbs),
        ApiGroups = [.. Words(groups).Select(g => g == "core" ? "" : g)],
        Resources = Words(resources),
        ResourceNames = names is null ? null : Words(names),
    };

    public static PolicyRule Paths(string verbs, string paths) => new() { Verbs = Words(verbs), NonResourceURLs = Words(paths) };

    public static ClusterRole ClusterRole(string name, params IReadOnlyList<PolicyRule> rules) => new()
    {
        ApiVersion = "rbac.authorization.k8s.io/v1",
        Kind = "ClusterRole",
        Metadata = new() { Name = name, Labels = Labels, Annotations = Annotations },
        Rules = rules,
    };

    /// <summary>A cluster role whose rules are those of all with the label; with a label of its own it is part of a wider one.</summary>
    public static ClusterRole Aggregated(string name, string to, string? partOf = null) => new()
    {
        ApiVersion = "rbac.authorization.k8s.io/v1",
        Kind = "ClusterRole",
        Metadata = new() { Name = name, Labels = partOf is null ? Labels : With(partOf), Annotations = Annotations },
        AggregationRule = new() { ClusterRoleSelectors = [new() { MatchLabels = new Dictionary<string, string> { [AggregateTo(to)] = "true" } }] },
    };

    /// <summary>A cluster role that is part of an aggregated one.</summary>
    public static ClusterRole Part(string name, string of, params IReadOnlyList<PolicyRule> rules)
    {
        var role = ClusterRole(name, rules);
        return role with { Metadata = role.Metadata with { Labels = With(of) } };
    }

    public static ClusterRoleBinding Bind(string name, string role, params IReadOnlyList<Subject> subjects) => new()
    {
        ApiVersion = "rbac.authorization.k8s.io/v1",
        Kind = "ClusterRoleBinding",
        Metadata = new() { Name = name, Labels = Labels, Annotations = Annotations },
        RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = role },
        Subjects = subjects,
    };

    public static Subject User(string name) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = name };

    public static Subject Group(string name) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = name };

    private static Dictionary<string, string> Labels => new() { [BootstrapLabel] = "rbac-defaults" };

    private static Dictionary<string, string> Annotations => new() { [AutoUpdate] = "true" };

    private static Dictionary<string, string> With(string part) => new() { [BootstrapLabel] = "rbac-defaults", [AggregateTo(part)] = "true" };

    private static string AggregateTo(string role) => $"rbac.authorization.k8s.io/aggregate-to-{role}";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
