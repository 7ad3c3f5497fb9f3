using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>What a place is once the value is known: where nothing is declared, the value tells.</summary>
internal static class PlaceKind
{
    public static MergeShape ShapeOf(MergeSchema schema, JsonElement value)
    {
        if (schema.Shape != MergeShape.Deduced)
            return schema.Shape;
        return value.ValueKind switch
        {
            JsonValueKind.Object => MergeShape.Map,
            JsonValueKind.Array => MergeShape.AtomicList,
            _ => MergeShape.Scalar,
        };
    }

    /// <summary>Whether the value is null or has nothing in it.</summary>
    public static bool IsBare(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        _ => false,
    };

    /// <summary>The schema of a member: declared, or what the map holds; nothing where there must be no such member.</summary>
    public static MergeSchema Member(MergeSchema schema, string name) => schema.Field(name) ?? schema.Item ?? MergeSchema.Deduced;
}
