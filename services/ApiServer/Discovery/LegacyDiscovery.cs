using System.Security.Cryptography;
using System.Text;
using Platform.Api;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>Discovery in one document per group and version, as clients before 1.26 want it.</summary>
internal static class LegacyDiscovery
{
    /// <summary><c>/api</c>.</summary>
    public static APIVersions Core(ApiGroups groups, string address) => new()
    {
        Kind = "APIVersions",
        ApiVersion = "v1",
        Versions = [.. groups.Versions.Where(v => v.Group.Length == 0).Select(v => v.Version)],
        ServerAddressByClientCIDRs = [new() { ClientCIDR = "0.0.0.0/0", ServerAddress = address }],
    };

    /// <summary><c>/apis</c>.</summary>
    public static APIGroupList Groups(ApiGroups groups) => new()
    {
        Kind = "APIGroupList",
        ApiVersion = "v1",
        Groups = [.. groups.Named.Select(Describe)],
    };

    /// <summary><c>/apis/{group}</c>; null where there is no such group.</summary>
    public static APIGroup? Group(ApiGroups groups, string name) =>
        groups.Named.FirstOrDefault(g => g.Key == name) is { } group ? Describe(group) with { Kind = "APIGroup", ApiVersion = "v1" } : null;

    /// <summary><c>/api/v1</c>, <c>/apis/{group}/{version}</c>.</summary>
    public static APIResourceList Resources(ApiGroupVersion version) => new()
    {
        Kind = "APIResourceList",
        ApiVersion = version.Group.Length == 0 ? null : "v1",
        GroupVersion = version.Name,
        Resources = [.. version.Resources.SelectMany(Describe).OrderBy(r => r.Name, StringComparer.Ordinal)],
    };

    private static APIGroup Describe(IGrouping<string, ApiGroupVersion> group)
    {
        var versions = group.Select(v => new GroupVersionForDiscovery { GroupVersion = v.Name, Version = v.Version }).ToList();
        return new() { Name = group.Key, Versions = versions, PreferredVersion = versions[0] };
    }

    private static IEnumerable<APIResource> Describe(ResourceDefinition definition)
    {
        yield return new()
        {
            Name = definition.Plural,
            SingularName = definition.Singular,
            Namespaced = definition.Namespaced,
            Kind = definition.Kind,
            Verbs = [.. definition.Verbs.Order(StringComparer.Ordinal)],
            ShortNames = definition.ShortNames.Count == 0 ? null : definition.ShortNames,
            Categories = definition.Categories.Count == 0 ? null : definition.Categories,
            // What is not stored cannot be watched.
            StorageVersionHash = definition.Verbs.Contains("watch") ? Hash(definition.Storage) : null,
        };
        foreach (var subresource in definition.Subresources.Values)
            yield return Describe(definition, subresource);
    }

    /// <summary>What tools that migrate stored objects compare: eight bytes of the digest that upstream has, so that a resource has one hash everywhere.</summary>
    private static string Hash(ResourceDefinition stored) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{stored.Group}/{stored.Version}/{stored.Kind}"))[..8]);

    private static APIResource Describe(ResourceDefinition definition, SubresourceAttribute subresource) => new()
    {
        Name = $"{definition.Plural}/{subresource.Name}",
        SingularName = "",
        Namespaced = definition.Namespaced,
        Group = subresource.Group,
        Version = subresource.Version,
        Kind = subresource.Kind ?? definition.Kind,
        Verbs = [.. subresource.Verbs.Order(StringComparer.Ordinal)],
    };
}
