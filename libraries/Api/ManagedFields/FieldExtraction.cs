using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// The fields that a document mentions: what an applier owns. Leaves are members, and so are the items of sets and lists with keys and the members of
/// maps; the declared structures that only lead there are not.
/// </summary>
public static class FieldExtraction
{
    /// <summary>The set of all fields of a document.</summary>
    public static FieldSet Of(JsonElement document, MergeSchema schema) => Below(document, schema, out _);

    private static FieldSet Below(JsonElement value, MergeSchema schema, out bool isLeaf)
    {
        isLeaf = false;
        switch (PlaceKind.ShapeOf(schema, value))
        {
            case MergeShape.Map when value.ValueKind == JsonValueKind.Object:
                return Members(value, schema);
            case MergeShape.SetList or MergeShape.MapList when value.ValueKind == JsonValueKind.Array:
                return Items(value, schema);
            case MergeShape.Map or MergeShape.SetList or MergeShape.MapList:
                return FieldSet.Empty;
            default:
                isLeaf = true;
                return FieldSet.Empty;
        }
    }

    private static FieldSet Members(JsonElement map, MergeSchema schema)
    {
        var entries = new List<FieldSetEntry>();
        foreach (var property in map.EnumerateObject())
        {
            var declared = schema.Field(property.Name);
            var children = Below(property.Value, declared ?? schema.Item ?? MergeSchema.Deduced, out var isLeaf);
            var bare = property.Value.ValueKind == JsonValueKind.Null
                || (property.Value.ValueKind == JsonValueKind.Object && property.Value.GetPropertyCount() == 0);
            var isMember = isLeaf || declared is null || bare;
            if (isMember || !children.IsEmpty)
                entries.Add(new(PathElement.Field(property.Name), isMember, children.IsEmpty ? null : children));
        }

        return FieldSet.From(entries);
    }

    private static FieldSet Items(JsonElement list, MergeSchema schema)
    {
        var entries = new List<FieldSetEntry>();
        var seen = new Dictionary<PathElement, int>();
        foreach (var (step, item) in ListItems.Named(list, schema))
        {
            if (seen.TryGetValue(step, out var index))
            {
                // Of repeated items nobody can say which one a field belongs to, so they are owned as a whole.
                entries[index] = entries[index] with { Children = null };
                continue;
            }

            seen.Add(step, entries.Count);
            var children = Below(item, schema.Item ?? MergeSchema.Deduced, out _);
            entries.Add(new(step, true, children.IsEmpty ? null : children));
        }

        return FieldSet.From(entries);
    }
}
