using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Aggregation;

/// <summary>Turns an <c>APIResourceList</c>, which every extension server has, into the entries of aggregated discovery.</summary>
internal static class LegacyResourceList
{
    /// <exception cref="JsonException">The body is no such list.</exception>
    public static JsonArray ToAggregated(byte[] body, string group, string version)
    {
        var list = ApiJson.Decode<APIResourceList>(body);
        var resources = list.Resources ?? [];
        var result = new JsonArray();
        foreach (var resource in resources.Where(r => r.Name?.Contains('/', StringComparison.Ordinal) == false))
        {
            var entry = new JsonObject
            {
                ["resource"] = resource.Name,
                ["responseKind"] = Kind(resource, group, version),
                ["scope"] = resource.Namespaced == true ? "Namespaced" : "Cluster",
                ["singularResource"] = resource.SingularName ?? "",
                ["verbs"] = Strings(resource.Verbs),
            };
            if (resource.ShortNames is { Count: > 0 })
                entry["shortNames"] = Strings(resource.ShortNames);
            if (resource.Categories is { Count: > 0 })
                entry["categories"] = Strings(resource.Categories);
            var below = resources.Where(r => r.Name!.StartsWith(resource.Name + "/", StringComparison.Ordinal)).Select(r => (JsonNode)new JsonObject
            {
                ["subresource"] = r.Name![(resource.Name!.Length + 1)..],
                ["responseKind"] = Kind(r, group, version),
                ["verbs"] = Strings(r.Verbs),
            }).ToArray();
            if (below.Length > 0)
                entry["subresources"] = new JsonArray(below);
            result.Add((JsonNode)entry);
        }

        return result;
    }

    private static JsonObject Kind(APIResource resource, string group, string version) => new()
    {
        ["group"] = string.IsNullOrEmpty(resource.Group) ? group : resource.Group,
        ["version"] = string.IsNullOrEmpty(resource.Version) ? version : resource.Version,
        ["kind"] = resource.Kind ?? "",
    };

    private static JsonArray Strings(IReadOnlyList<string>? values) => new([.. (values ?? []).Select(v => JsonValue.Create(v))]);
}
