using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>Removes fields and items from a document: whatever is a member of the set goes, with all below it.</summary>
public static class ItemRemoval
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = JsonDepth.Enclosed };

    /// <summary>The document without the fields, as JSON. Containers that become empty go as well, but for the document itself.</summary>
    public static byte[] Remove(JsonElement document, FieldSet removed, MergeSchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(writer, document, removed, schema);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, FieldSet removed, MergeSchema schema)
    {
        var shape = PlaceKind.ShapeOf(schema, value);
        if (shape == MergeShape.Map && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var property in value.EnumerateObject())
            {
                var entry = removed.Find(PathElement.Field(property.Name));
                var member = PlaceKind.Member(schema, property.Name);
                if (entry?.IsMember == true || (entry?.Children is { } emptied && IsEmptied(property.Value, emptied, member)))
                    continue;
                writer.WritePropertyName(property.Name);
                WriteOr(writer, property.Value, entry?.Children, member);
            }

            writer.WriteEndObject();
        }
        else if (shape is MergeShape.SetList or MergeShape.MapList && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                var entry = ListItems.StepTo(item, schema, out _) is { } step ? removed.Find(step) : null;
                if (entry?.IsMember != true)
                    WriteOr(writer, item, entry?.Children, schema.Item ?? MergeSchema.Deduced);
            }

            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static void WriteOr(Utf8JsonWriter writer, JsonElement value, FieldSet? removed, MergeSchema schema)
    {
        if (removed is null)
            value.WriteTo(writer);
        else
            Write(writer, value, removed, schema);
    }

    /// <summary>Whether nothing is left of a container.</summary>
    private static bool IsEmptied(JsonElement value, FieldSet removed, MergeSchema schema)
    {
        switch (PlaceKind.ShapeOf(schema, value))
        {
            case MergeShape.Map when value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > 0:
                foreach (var property in value.EnumerateObject())
                {
                    var entry = removed.Find(PathElement.Field(property.Name));
                    if (entry is null || !(entry.Value.IsMember || (entry.Value.Children is { } below
                        && IsEmptied(property.Value, below, PlaceKind.Member(schema, property.Name)))))
                        return false;
                }

                return true;
            case MergeShape.SetList or MergeShape.MapList when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0:
                return value.EnumerateArray().All(i => ListItems.StepTo(i, schema, out _) is { } step && removed.Find(step)?.IsMember == true);
            default:
                return false;
        }
    }
}
