using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.Api.Schema;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Strategic merge patch: a merge patch that knows the declarations. Lists declared as mergeable are merged item by item, found by their merge
/// key; directives in the patch (members that start with a dollar sign) say what a plain document cannot: <c>$patch: replace|delete|merge</c>,
/// <c>$retainKeys</c>, <c>$deleteFromPrimitiveList/field</c> and <c>$setElementOrder/field</c>. The order of a merged list follows the patch, and
/// items that only the server has keep their place relative to their former neighbours.
/// </summary>
internal static class StrategicMergePatch
{
    internal const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";
    internal const string OrderPrefix = "$setElementOrder/";

    public static JsonNode? Apply(JsonNode? target, JsonNode? patch, TypeSchema schema)
    {
        if (patch is not JsonObject changes)
            throw PatchFailure.Malformed("error decoding patch: the patch must be an object");
        return Merge(target as JsonObject ?? [], changes, schema);
    }

    /// <summary>Merges objects; the target is changed and, unless it is replaced, returned.</summary>
    internal static JsonObject Merge(JsonObject target, JsonObject patch, TypeSchema? schema)
    {
        switch (StrategicLists.Text(patch[Directive]))
        {
            case null when !patch.ContainsKey(Directive):
            case "merge":
                break;
            case "replace":
                return Plain(patch);
            case "delete":
                return [];
            default:
                throw UnknownDirective(patch);
        }

        Retain(target, patch);
        var ordered = patch.Where(p => p.Key.StartsWith(OrderPrefix, StringComparison.Ordinal)).ToDictionary(p => p.Key[OrderPrefix.Length..], p =>
            List(p.Value, OrderPrefix), StringComparer.Ordinal);
        foreach (var (name, change) in patch)
        {
            if (name.StartsWith(DeletePrefix, StringComparison.Ordinal))
                DeleteScalars(target, name[DeletePrefix.Length..], List(change, DeletePrefix));
            else if (!IsDirectiveName(name))
                MergeField(target, name, change, schema, ordered.GetValueOrDefault(name));
        }

        foreach (var (name, order) in ordered)
        {
            if (!patch.ContainsKey(name) && target[name] is JsonArray list)
                target[name] = StrategicLists.Order(list, order, list, Field(schema, name).MergeKey);
        }

        return target;
    }

    /// <summary>A value that the target did not have: without nulls in objects, and without directives.</summary>
    internal static JsonNode? Fresh(JsonNode? value) => value switch
    {
        JsonObject map when StrategicLists.Text(map[Directive]) == "delete" => null,
        JsonObject map => Plain(map),
        JsonArray list => new JsonArray([.. list.Where(i => !StrategicLists.IsDirective(i)).Select(Fresh)]),
        _ => value?.DeepClone(),
    };

    internal static (string? Strategy, string? MergeKey, TypeSchema? Type) Field(TypeSchema? schema, string name)
    {
        if (schema?.Shape == SchemaShape.Map)
            return (null, null, schema.Item);
        var field = schema?.Find(name);
        return (field?.PatchStrategy, field?.MergeKey, field?.Type);
    }

    internal static ApiException UnknownDirective(JsonObject patch) =>
        PatchFailure.AsItIs($"unknown patch type: {JsonTree.GoText(patch[Directive])} in map: {JsonTree.GoText(patch)}");

    private static void MergeField(JsonObject target, string name, JsonNode? change, TypeSchema? schema, JsonArray? order)
    {
        if (change is null)
        {
            target.Remove(name);
            return;
        }

        var (strategy, mergeKey, type) = Field(schema, name);
        target.TryGetPropertyValue(name, out var before);
        var replaces = Has(strategy, "replace");
        switch (before, change)
        {
            case (JsonObject map, JsonObject changes) when !replaces:
                var merged = Merge(map, changes, type);
                if (!ReferenceEquals(merged, map))
                    target[name] = merged;
                break;
            case (JsonArray list, JsonArray changes) when Has(strategy, "merge") && !replaces:
                target[name] = StrategicLists.Merge(list, changes, order, mergeKey, type?.Item);
                break;
            default:
                var fresh = Fresh(change);
                if (fresh is null)
                    target.Remove(name);
                else
                    target[name] = order is not null && fresh is JsonArray items ? StrategicLists.Order(items, order, items, mergeKey) : fresh;
                break;
        }
    }

    private static bool IsDirectiveName(string name) =>
        name is Directive or RetainKeys || name.StartsWith(DeletePrefix, StringComparison.Ordinal) || name.StartsWith(OrderPrefix, StringComparison.Ordinal);

    private static bool Has(string? strategies, string strategy) => strategies is not null && strategies.Split(',').Contains(strategy);

    private static JsonObject Plain(JsonObject patch)
    {
        var result = new JsonObject();
        foreach (var (name, value) in patch)
        {
            if (value is not null && !IsDirectiveName(name) && Fresh(value) is { } fresh)
                result[name] = fresh;
        }

        return result;
    }

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var value))
            return;
        var keys = List(value, RetainKeys).Select(StrategicLists.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var name in patch.Select(p => p.Key).Where(k => !IsDirectiveName(k)))
        {
            if (patch[name] is not null && !keys.Contains(name))
                throw PatchFailure.Malformed("invalid patch format of retainKeys");
        }

        foreach (var name in target.Select(t => t.Key).Where(k => !keys.Contains(k)).ToList())
            target.Remove(name);
    }

    private static void DeleteScalars(JsonObject target, string name, JsonArray values)
    {
        if (target[name] is not JsonArray list)
            return;
        foreach (var item in list.Where(i => values.Any(v => JsonTree.Same(v, i))).ToList())
            list.Remove(item);
    }

    private static JsonArray List(JsonNode? value, string directive) => value as JsonArray ?? throw PatchFailure.Malformed(directive switch
    {
        DeletePrefix => "invalid patch format of primitive list",
        OrderPrefix => "invalid patch format of setElementOrder list",
        _ => "invalid patch format of retainKeys",
    });
}
