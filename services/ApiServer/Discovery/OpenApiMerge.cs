using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// Puts the OpenAPI 2 document of another server into this one's, as upstream's aggregator does: a path that is there stays as it is; a definition that
/// has another's name gets <c>_v2</c>, <c>_v3</c> and so on behind it, unless the two are the same but for the kinds that they stand for, which are joined.
/// </summary>
internal static class OpenApiMerge
{
    private const string Kinds = "x-kubernetes-group-version-kind";

    /// <summary>Adds a document, which is used up.</summary>
    public static void Add(JsonObject to, JsonObject from)
    {
        var paths = Map(to, "paths");
        foreach (var known in Map(from, "paths").Select(p => p.Key).Where(paths.ContainsKey).ToList())
            Map(from, "paths").Remove(known);
        var renamed = OpenApiPart.Shared.SelectMany(m => Renamed(m, Map(to, m), Map(from, m))).ToDictionary(StringComparer.Ordinal);
        foreach (var (holder, reference) in OpenApiPart.References(from).ToList())
        {
            if (renamed.TryGetValue(reference, out var name))
                holder["$ref"] = name;
        }

        foreach (var map in OpenApiPart.Shared)
            Move(Map(from, map), to, map, name => renamed.TryGetValue($"#/{map}/{name}", out var other) ? other[$"#/{map}/".Length..] : name);
        Move(Map(from, "paths"), to, "paths", name => name);
    }

    /// <summary>The new names of members that have the name of another, both as references.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Renamed(string map, JsonObject to, JsonObject from)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in from)
        {
            if (!to.TryGetPropertyValue(name, out var known) || Same(known, value))
                continue;
            for (var number = 2; ; number++)
            {
                var other = string.Create(CultureInfo.InvariantCulture, $"{name}_v{number}");
                var isThere = to.TryGetPropertyValue(other, out var earlier);
                if (from.ContainsKey(other) || taken.Contains(other) || (isThere && !Same(earlier, value)))
                    continue;
                taken.Add(other);
                yield return new($"#/{map}/{name}", $"#/{map}/{other}");
                break;
            }
        }
    }

    private static void Move(JsonObject from, JsonObject document, string map, Func<string, string> nameOf)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            if (document[map] is not JsonObject to)
                document[map] = to = [];
            if (to[nameOf(name)] is JsonObject known)
                JoinKinds(known, (JsonObject)value!);
            else
                to[nameOf(name)] = value;
        }
    }

    private static bool Same(JsonNode? left, JsonNode? right)
    {
        if (left is not JsonObject one || right is not JsonObject two)
            return JsonNode.DeepEquals(left, right);
        return one.Count(m => m.Key != Kinds) == two.Count(m => m.Key != Kinds)
            && one.Where(m => m.Key != Kinds).All(m => two.TryGetPropertyValue(m.Key, out var value) && JsonNode.DeepEquals(m.Value, value));
    }

    private static void JoinKinds(JsonObject to, JsonObject from)
    {
        foreach (var kind in (from[Kinds] as JsonArray ?? []).Where(k => (to[Kinds] as JsonArray)?.Any(known => JsonNode.DeepEquals(known, k)) != true).ToList())
        {
            if (to[Kinds] is not JsonArray list)
                to[Kinds] = list = [];
            list.Add(kind?.DeepClone());
        }
    }

    private static JsonObject Map(JsonObject document, string name) => document[name] as JsonObject ?? [];
}
