using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>Lists whose items have an identity: sets, and maps by keys. What makes two items the same, and that none comes twice.</summary>
internal static class ListItems
{
    /// <summary>The items of a map list by their keys; null for other lists, whose items cannot be told apart.</summary>
    public static Dictionary<string, JsonNode>? ByKey(JsonArray? list, JSONSchemaProps schema)
    {
        if (list is null || schema is not { XKubernetesListType: "map", XKubernetesListMapKeys: { Count: > 0 } keys })
            return null;
        var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item is JsonObject map)
                found.TryAdd(KeyOf(map, keys), map);
        }
        return found;
    }

    /// <summary>The item that has the same keys as the given one.</summary>
    public static JsonNode? Find(Dictionary<string, JsonNode>? items, JsonNode? like, JSONSchemaProps schema) =>
        items is not null && like is JsonObject map ? items.GetValueOrDefault(KeyOf(map, schema.XKubernetesListMapKeys!)) : null;

    /// <summary>Finds items that come twice in sets and maps.</summary>
    public static IEnumerable<FieldError> Duplicates(JsonNode? value, StructuralSchema? schema, string path, JsonNode? old)
    {
        if (schema is null || (old is not null && JsonNode.DeepEquals(value, old)))
            return [];
        return value switch
        {
            JsonObject map => map.SelectMany(m => Duplicates(m.Value, schema.Member(m.Key), path.Length == 0 ? m.Key : $"{path}.{m.Key}", (old as JsonObject)?[m.Key])),
            JsonArray list => InList(list, schema, path, old as JsonArray),
            _ => [],
        };
    }

    private static IEnumerable<FieldError> InList(JsonArray list, StructuralSchema schema, string path, JsonArray? old)
    {
        var declared = schema.Declared;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var keys = declared.XKubernetesListMapKeys ?? [];
        for (var i = 0; i < list.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (declared.XKubernetesListType == "set" && !seen.Add(Canonical(list[i])))
                yield return FieldError.Duplicate(place, ShownValue.Of(list[i]));
            if (declared.XKubernetesListType == "map" && list[i] is JsonObject map && !seen.Add(KeyOf(map, keys)))
                yield return FieldError.Duplicate(place, new ShownValue(Keys(map, keys)));
        }
        if (schema.Items is null)
            yield break;
        var before = ByKey(old, declared);
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var finding in Duplicates(list[i], schema.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), Find(before, list[i], declared)))
                yield return finding;
        }
    }

    private static string KeyOf(JsonObject item, IReadOnlyList<string> keys)
    {
        if (keys.Count == 1)
            return Canonical(item[keys[0]]);
        var text = new StringBuilder();
        foreach (var key in keys)
            text.Append(Canonical(item[key])).Append('\n');
        return text.ToString();
    }

    private static JsonObject Keys(JsonObject item, IReadOnlyList<string> keys)
    {
        var result = new JsonObject();
        foreach (var key in keys.Where(item.ContainsKey))
            result[key] = item[key]?.DeepClone();
        return result;
    }

    /// <summary>A text that two values share when they are the same.</summary>
    public static string Canonical(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject map => $"{{{string.Join(",", map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{SchemaTexts.Quote(m.Key)}:{Canonical(m.Value)}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(Canonical))}]",
        _ => value.ToJsonString(),
    };
}
