using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Schema;

namespace Platform.ApiServer.Patching;

/// <summary>The lists of strategic merge patch: merging by key or by value, and the order of what comes out.</summary>
internal static class StrategicLists
{
    /// <summary>Merges a patch's list into the target's.</summary>
    /// <param name="target">List as it is.</param>
    /// <param name="patch">List in the patch, directives among its items.</param>
    /// <param name="order">The order that the patch asks for, if it does.</param>
    /// <param name="mergeKey">Field that identifies an item; null for scalars.</param>
    /// <param name="item">Declaration of the items.</param>
    public static JsonArray Merge(JsonArray target, JsonArray patch, JsonArray? order, string? mergeKey, TypeSchema? item)
    {
        CheckItems(target, patch);
        var items = patch.Where(p => !IsDirective(p)).ToList();
        if (order is not null)
            CheckOrder(patch, items, order, mergeKey);
        if (mergeKey is null || items.Exists(i => i is not JsonObject))
            return MergeScalars(target, items, order);
        var before = (JsonArray)target.DeepClone();
        var merged = target.Select(t => t?.DeepClone()).ToList();
        foreach (var directive in patch.Where(IsDirective).Cast<JsonObject>())
        {
            switch (Text(directive[StrategicMergePatch.Directive]))
            {
                case "delete" when !directive.ContainsKey(mergeKey):
                    throw NoKey(directive, mergeKey);
                case "delete":
                    merged.RemoveAll(m => SameKey(m, directive, mergeKey));
                    break;
                case "replace":
                    return new JsonArray([.. items.Select(StrategicMergePatch.Fresh)]);
                case "merge":
                    throw PatchFailure.AsItIs("merging lists cannot yet be specified in the patch");
                default:
                    throw StrategicMergePatch.UnknownDirective(directive);
            }
        }

        foreach (var change in items)
        {
            var changes = (JsonObject)change!;
            if (!changes.ContainsKey(mergeKey))
                throw NoKey(changes, mergeKey);
            var index = merged.FindIndex(m => SameKey(m, changes, mergeKey));
            if (index < 0)
                merged.Add(StrategicMergePatch.Fresh(changes));
            else
                merged[index] = StrategicMergePatch.Merge((JsonObject)merged[index]!, changes, item);
        }

        var sequence = order ?? new JsonArray([.. items.Select(i => i?.DeepClone())]);
        return Order(new JsonArray([.. merged]), sequence, before, mergeKey);
    }

    /// <summary>Sorts: items named by the sequence in its order, the others where they were relative to their neighbours in the former list.</summary>
    public static JsonArray Order(JsonArray list, JsonArray sequence, JsonArray before, string? mergeKey)
    {
        var named = list.Where(i => Index(sequence, i, mergeKey) >= 0).OrderBy(i => Index(sequence, i, mergeKey)).ToList();
        var others = list.Where(i => Index(sequence, i, mergeKey) < 0).ToList();
        var result = new JsonArray();
        var (n, o) = (0, 0);
        while (n < named.Count || o < others.Count)
        {
            var takeOther = n >= named.Count || (o < others.Count && ComesBefore(others[o], named[n]));
            result.Add((takeOther ? others[o++] : named[n++])?.DeepClone());
        }

        return result;

        bool ComesBefore(JsonNode? other, JsonNode? name)
        {
            var (left, right) = (Index(before, other, mergeKey), Index(before, name, mergeKey));
            return left >= 0 && right >= 0 && left < right;
        }
    }

    /// <summary>The text of a node; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Whether a list's item is an instruction and not an item.</summary>
    public static bool IsDirective(JsonNode? item) => item is JsonObject map && map.ContainsKey(StrategicMergePatch.Directive);

    /// <summary>All items of both lists must be of one kind, and that no list.</summary>
    private static void CheckItems(JsonArray target, JsonArray patch)
    {
        JsonValueKind? first = null;
        foreach (var kind in target.Concat(patch).Select(KindOf))
        {
            if (first is null && kind == JsonValueKind.Array)
                throw PatchFailure.DoesNotFit("lists of lists are not supported");
            if ((first ??= kind) != kind)
                throw PatchFailure.AsItIs($"list element types are not identical: [{JsonTree.GoText(target)} {JsonTree.GoText(patch)}]");
        }
    }

    private static JsonValueKind KindOf(JsonNode? item) => item?.GetValueKind() switch
    {
        null => JsonValueKind.Null,
        JsonValueKind.False => JsonValueKind.True,
        { } kind => kind,
    };

    /// <summary>The items of a patch must come in the order that the patch itself asks for.</summary>
    private static void CheckOrder(JsonArray patch, List<JsonNode?> items, JsonArray order, string? mergeKey)
    {
        var next = 0;
        foreach (var wanted in order)
        {
            if (next < items.Count && (mergeKey is null ? JsonTree.Same(items[next], wanted) : SameKey(items[next], wanted, mergeKey)))
                next++;
        }

        if (next < items.Count)
            throw PatchFailure.AsItIs($"The order in patch list:\n{JsonTree.GoText(patch)}\n"
                + $" doesn't match {StrategicMergePatch.OrderPrefix[..^1]} list:\n{JsonTree.GoText(order)}\n");
    }

    private static JsonArray MergeScalars(JsonArray target, List<JsonNode?> items, JsonArray? order)
    {
        var merged = new JsonArray();
        foreach (var item in target.Concat(items))
        {
            if (!merged.Any(m => JsonTree.Same(m, item)))
                merged.Add(item?.DeepClone());
        }

        return Order(merged, order ?? new JsonArray([.. items.Select(i => i?.DeepClone())]), target, null);
    }

    private static int Index(JsonArray list, JsonNode? item, string? mergeKey)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (mergeKey is null ? JsonTree.Same(list[i], item) : SameKey(list[i], item, mergeKey))
                return i;
        }

        return -1;
    }

    private static bool SameKey(JsonNode? left, JsonNode? right, string mergeKey) =>
        left is JsonObject l && right is JsonObject r && l.TryGetPropertyValue(mergeKey, out var a) && r.TryGetPropertyValue(mergeKey, out var b) && JsonTree.Same(a, b);

    private static Platform.Api.Errors.ApiException NoKey(JsonObject item, string mergeKey) =>
        PatchFailure.AsItIs($"map: {JsonTree.GoText(item)} does not contain declared merge key: {mergeKey}");
}
