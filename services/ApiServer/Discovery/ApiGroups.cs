using System.Collections.Frozen;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>A version of a group, with the resources that are served in it.</summary>
internal sealed record ApiGroupVersion(string Group, string Version, IReadOnlyList<ResourceDefinition> Resources)
{
    /// <summary>What an extension server serves in it; null where this server does.</summary>
    public ForeignVersion? Foreign { get; init; }

    /// <summary><c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string Name => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path without leading slash: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public string Path => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
}

/// <summary>The served resources by group and version, in the order in which clients look for a kind: the core group, then by priority.</summary>
internal sealed class ApiGroups
{
    public ApiGroups(IEnumerable<ResourceDefinition> definitions, ForeignApis foreign)
    {
        var own = definitions.GroupBy(d => (d.Group, d.Version))
            .Select(g => new ApiGroupVersion(g.Key.Group, g.Key.Version, [.. g.OrderBy(d => d.Plural, StringComparer.Ordinal)]));
        var all = own.Concat(foreign.Versions.Select(f => new ApiGroupVersion(f.Group, f.Version, []) { Foreign = f })).DistinctBy(v => v.Path).ToArray();
        var priorities = all.ToDictionary(v => v.Path, v => foreign.PriorityOf(v.Group, v.Version));
        var groups = all.GroupBy(v => v.Group).ToDictionary(g => g.Key, g => g.Max(v => priorities[v.Path].Group));
        Versions =
        [
            .. all.OrderByDescending(v => groups[v.Group]).ThenBy(v => v.Group, StringComparer.Ordinal)
                .ThenByDescending(v => priorities[v.Path].Version).ThenBy(v => v.Version, VersionPriority.Instance),
        ];
        ByPath = Versions.ToFrozenDictionary(v => v.Path, StringComparer.Ordinal);
    }

    public IReadOnlyList<ApiGroupVersion> Versions { get; }

    public FrozenDictionary<string, ApiGroupVersion> ByPath { get; }

    /// <summary>Versions of each group but the core group.</summary>
    public IEnumerable<IGrouping<string, ApiGroupVersion>> Named => Versions.Where(v => v.Group.Length > 0).GroupBy(v => v.Group);
}
