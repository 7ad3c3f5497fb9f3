using Platform.Api.Errors;
using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.Metadata;

/// <summary>Asks the server what it serves, group by group, so that one aggregated server that is down hides only its own resources.</summary>
internal sealed class ResourceDiscovery(MetadataClient client)
{
    public async Task<DiscoveredResources> DiscoverAsync(CancellationToken cancellationToken)
    {
        List<ServedResource> found = [];
        Dictionary<string, string> failures = [];
        await AddAsync("", "v1", "api/v1", found, failures, cancellationToken);
        var groups = await client.ReadAsync<APIGroupList>("apis", cancellationToken);
        foreach (var group in groups.Groups ?? [])
        {
            var preferred = group.PreferredVersion?.Version ?? group.Versions?.FirstOrDefault()?.Version;
            // The preferred version first: a resource that it lacks is taken from the next one that has it.
            foreach (var version in (group.Versions ?? []).OrderByDescending(v => v.Version == preferred))
                await AddAsync(group.Name!, version.Version!, "apis/" + version.GroupVersion, found, failures, cancellationToken);
        }
        return new(found, failures);
    }

    private async Task AddAsync(
        string group, string version, string path, List<ServedResource> found, Dictionary<string, string> failures, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.ReadAsync<APIResourceList>(path, cancellationToken);
            foreach (var resource in list.Resources ?? [])
            {
                var isSubresource = resource.Name!.Contains('/', StringComparison.Ordinal);
                if (!isSubresource && !found.Any(f => f.Group == group && f.Plural == resource.Name))
                    found.Add(new(group, version, resource.Name, resource.Kind!, resource.Namespaced == true, resource.Verbs ?? []));
            }
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            failures[path] = e.Message;
        }
    }
}
