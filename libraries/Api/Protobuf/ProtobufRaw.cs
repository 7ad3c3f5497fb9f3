using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Fields that JSON shows as a document of any shape. In protobuf most are a message that holds the text of the document; those of custom resources'
/// schemas, which may be a schema or something simpler, have a message with a field for each.
/// </summary>
internal static class ProtobufRaw
{
    /// <summary>Writes a value.</summary>
    /// <param name="reader">At the value's first token; afterwards at its last.</param>
    /// <param name="published">Name of what the value is.</param>
    /// <param name="number">Number of the field.</param>
    /// <param name="output">Where to.</param>
    /// <param name="depth">How deeply the value is nested.</param>
    public static void Write(ref Utf8JsonReader reader, string? published, int number, ProtobufBuffer output, int depth)
    {
        var mark = output.Begin(number);
        var token = reader.TokenType;
        switch (published)
        {
            case SchemaName.SchemaOrBool when token is JsonTokenType.True or JsonTokenType.False:
                output.Integer(1, token == JsonTokenType.True ? 1 : 0);
                break;
            case SchemaName.SchemaOrBool when token == JsonTokenType.StartObject:
                output.Integer(1, 1);
                JsonProtobuf.WriteSchema(ref reader, 2, output, depth);
                break;
            case SchemaName.SchemaOrArray or SchemaName.SchemaOrStringArray when token == JsonTokenType.StartObject:
                JsonProtobuf.WriteSchema(ref reader, 1, output, depth);
                break;
            case SchemaName.SchemaOrArray when token == JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    JsonProtobuf.WriteSchema(ref reader, 2, output, depth);
                break;
            case SchemaName.SchemaOrStringArray when token == JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    JsonProtobuf.WriteText(ref reader, 2, output);
                break;
            case SchemaName.SchemaOrBool or SchemaName.SchemaOrArray or SchemaName.SchemaOrStringArray or SchemaName.SubresourceStatus:
                reader.Skip();
                break;
            default:
                var document = output.Begin(1);
                Text(ref reader, output);
                output.End(document);
                break;
        }

        output.End(mark);
    }

    /// <summary>Reads a value back as JSON.</summary>
    public static void Read(Utf8JsonWriter json, string? published, ProtobufReading reading, ReadOnlyMemory<byte> message, int depth)
    {
        var fields = reading.Parse(message);
        switch (published)
        {
            case SchemaName.SchemaOrBool:
                if (!TrySchema(json, reading, fields, 2, depth))
                    json.WriteBooleanValue(fields.LastOrDefault(f => f.Number == 1).Value != 0);
                break;
            case SchemaName.SchemaOrArray when fields.Any(f => f.Number == 2):
                json.WriteStartArray();
                foreach (var schema in fields.Where(f => f.Number == 2))
                    ProtobufJson.WriteSchema(json, reading, schema.Bytes, depth);
                json.WriteEndArray();
                break;
            case SchemaName.SchemaOrStringArray when fields.Any(f => f.Number == 2):
                json.WriteStartArray();
                foreach (var name in fields.Where(f => f.Number == 2))
                    json.WriteStringValue(ProtobufReading.Text(name.Bytes));
                json.WriteEndArray();
                break;
            case SchemaName.SchemaOrArray or SchemaName.SchemaOrStringArray:
                if (!TrySchema(json, reading, fields, 1, depth))
                    json.WriteNullValue();
                break;
            case SchemaName.SubresourceStatus:
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            default:
                var raw = fields.LastOrDefault(f => f.Number == 1).Bytes.Span;
                if (raw.IsEmpty)
                    json.WriteNullValue();
                else
                    Write(json, raw);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> raw)
    {
        try
        {
            json.WriteRawValue(raw);
        }
        catch (JsonException e)
        {
            throw Json.JsonFault.Of(e, raw);
        }
    }

    private static bool TrySchema(Utf8JsonWriter json, ProtobufReading reading, List<ProtobufField> fields, int number, int depth)
    {
        var index = fields.FindLastIndex(f => f.Number == number);
        if (index < 0)
            return false;
        ProtobufJson.WriteSchema(json, reading, fields[index].Bytes, depth);
        return true;
    }

    // The document's own bytes are not at hand within a value that is read token by token, so it is written anew, without white space.
    private static void Text(ref Utf8JsonReader reader, ProtobufBuffer output)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        output.Raw(JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Json.ApiJson.TypeInfo<JsonElement>()));
    }
}
