using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>How the items of a set or of a list with keys are named in paths.</summary>
internal static class ListItems
{
    /// <summary>The step to an item; null, with the reason, where the item cannot be named.</summary>
    public static PathElement? StepTo(JsonElement item, MergeSchema list, out string? fault)
    {
        fault = null;
        if (list.Shape == MergeShape.SetList)
        {
            fault = item.ValueKind switch
            {
                JsonValueKind.Object => "associative list without keys has an element that's a map type",
                JsonValueKind.Array => "not supported: associative list with lists as elements",
                JsonValueKind.Null => "associative list without keys has an element that's an explicit null",
                _ => null,
            };
            return fault is null ? PathElement.Value(FieldValue.Of(item)) : null;
        }

        if (item.ValueKind != JsonValueKind.Object)
        {
            fault = item.ValueKind == JsonValueKind.Null ? "associative list with keys may not have a null element" : "associative list with keys may not have non-map elements";
            return null;
        }

        var names = list.Keys;
        var keys = new KeyValuePair<string, FieldValue>[names.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!item.TryGetProperty(names[i], out var value))
            {
                if (list.KeyDefault(names[i]) is not { } usual)
                {
                    fault = $"associative list with keys has an element that omits key field \"{names[i]}\" (and doesn't have default value)";
                    return null;
                }

                value = usual;
            }

            keys[i] = new(names[i], FieldValue.Of(value));
        }

        return PathElement.Key(keys);
    }

    /// <summary>The items by their steps, in order. Items that cannot be named are left out; of a repeated step all items are kept.</summary>
    public static List<(PathElement Step, JsonElement Item)> Named(JsonElement? list, MergeSchema schema)
    {
        if (list is not { ValueKind: JsonValueKind.Array } items)
            return [];
        var result = new List<(PathElement, JsonElement)>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            if (StepTo(item, schema, out _) is { } step)
                result.Add((step, item));
        }

        return result;
    }
}
