using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>A version of a group that an extension server serves.</summary>
/// <param name="Group">Group.</param>
/// <param name="Version">Version.</param>
/// <param name="Target">The server.</param>
/// <param name="IsAvailable">Whether requests are handed on; otherwise they get 503.</param>
internal sealed record ForeignVersion(string Group, string Version, BackendTarget Target, bool IsAvailable)
{
    /// <summary>What the server was last heard to serve.</summary>
    public ForeignDiscovery Discovery { get; init; } = ForeignDiscovery.Unknown;

    public string Path => $"apis/{Group}/{Version}";
}

/// <summary>What an extension server was last heard to serve of a version.</summary>
/// <param name="Resources">As aggregated discovery lists them.</param>
/// <param name="IsCurrent">Whether that was at the latest check.</param>
/// <param name="OpenApiPath">Where the server has its OpenAPI 3 document of the version, with the hash; null where it has none.</param>
internal sealed record ForeignDiscovery(JsonArray Resources, bool IsCurrent, string? OpenApiPath)
{
    public static readonly ForeignDiscovery Unknown = new([], false, null);

    /// <summary>The version's part of the server's OpenAPI 2 document; null where it has none.</summary>
    public ForeignDocument? OpenApi2 { get; init; }
}

/// <summary>A document of an extension server.</summary>
/// <param name="ETag">By which the server tells whether it has changed; empty where it does not.</param>
/// <param name="Content">The document, as JSON.</param>
internal sealed record ForeignDocument(string ETag, byte[] Content);

/// <summary>All APIServices as they are at a moment: which versions others serve, and in which order discovery lists them. Immutable.</summary>
internal sealed class ForeignApis(IReadOnlyList<ForeignVersion> versions, FrozenDictionary<(string Group, string Version), (int Group, int Version)> priorities)
{
    /// <summary>No APIServices at all.</summary>
    public static readonly ForeignApis None = new([], FrozenDictionary<(string Group, string Version), (int Group, int Version)>.Empty);

    private readonly FrozenDictionary<(string, string), ForeignVersion> _byName = versions.ToFrozenDictionary(v => (v.Group, v.Version));

    public IReadOnlyList<ForeignVersion> Versions => versions;

    public ForeignVersion? Find(string group, string version) => _byName.GetValueOrDefault((group, version));

    /// <summary>Numbers of a group and version, greatest first.</summary>
    public (int Group, int Version) PriorityOf(string group, string version) =>
        priorities.TryGetValue((group, version), out var known) ? known : GroupPriorities.Of(group, version);
}
