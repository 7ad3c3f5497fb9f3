using System.Collections.Frozen;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>A version of a group, with the resources that are served in it.</summary>
internal sealed record ApiGroupVersion(string Group, string Version, IReadOnlyList<ResourceDefinition> Resources)
{
    /// <summary><c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string Name => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path without leading slash: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public string Path => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
}

/// <summary>The served resources by group and version, in the order in which clients look for a kind: the core group, then by priority.</summary>
internal sealed class ApiGroups
{
    // Upstream's order. A client that is given a bare name such as "events" takes the first group that has it.
    private static readonly string[] Priority =
    [
        "", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
        "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io",
        "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "flowcontrol.apiserver.k8s.io",
    ];

    public ApiGroups(IEnumerable<ResourceDefinition> definitions)
    {
        Versions =
        [
            .. definitions
                .GroupBy(d => (d.Group, d.Version))
                .OrderBy(g => Rank(g.Key.Group)).ThenBy(g => g.Key.Group, StringComparer.Ordinal).ThenBy(g => g.Key.Version, VersionPriority.Instance)
                .Select(g => new ApiGroupVersion(g.Key.Group, g.Key.Version, [.. g.OrderBy(d => d.Plural, StringComparer.Ordinal)])),
        ];
        ByPath = Versions.ToFrozenDictionary(v => v.Path, StringComparer.Ordinal);
    }

    public IReadOnlyList<ApiGroupVersion> Versions { get; }

    public FrozenDictionary<string, ApiGroupVersion> ByPath { get; }

    /// <summary>Versions of each group but the core group.</summary>
    public IEnumerable<IGrouping<string, ApiGroupVersion>> Named => Versions.Where(v => v.Group.Length > 0).GroupBy(v => v.Group);

    private static int Rank(string group) => Array.IndexOf(Priority, group) is var rank and >= 0 ? rank : Priority.Length;
}
