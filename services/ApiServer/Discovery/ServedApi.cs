using System.Collections.Concurrent;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>What discovery answers for one snapshot of the resources. Each document is made when it is first asked for.</summary>
/// <param name="resources">The resources.</param>
/// <param name="perVersion">OpenAPI 3 documents of versions of groups, which outlive snapshots: a new custom resource leaves most groups as they are.</param>
/// <param name="foreign">What extension servers serve.</param>
internal sealed class ServedApi(ResourceSnapshot resources, ForeignApis foreign, ConcurrentDictionary<string, (ApiGroupVersion Version, OpenApiDocument Document)> perVersion)
{
    private readonly ConcurrentDictionary<(bool Core, string Form), OpenApiDocument> _aggregated = new();

    public ResourceSnapshot Resources => resources;

    public ForeignApis Foreign => foreign;

    public ApiGroups Groups { get; } = new(resources.All, foreign);

    public OpenApiDocuments Documents => field ??= new(Groups, perVersion);

    /// <summary>Aggregated discovery of the core group, or of all others.</summary>
    public OpenApiDocument Aggregated(bool core, string form) => _aggregated.GetOrAdd((core, form),
        _ => OpenApiDocument.Of(AggregatedDiscovery.Encode(Groups.Versions.Where(v => v.Group.Length == 0 == core), form)));
}
