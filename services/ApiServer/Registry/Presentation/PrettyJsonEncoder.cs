using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>JSON with line breaks and two spaces per level, as upstream sends it to browsers and curl.</summary>
internal sealed class PrettyJsonEncoder : AnswerEncoder
{
    public static readonly PrettyJsonEncoder Instance = new();

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonDepth.Enclosed,
    };

    public override string ContentType => ObjectResponse.Json;

    public override void WriteObject(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        while (reader.Read())
            Copy(ref reader, writer);
    }

    public override async Task WriteListAsync(AnswerBody body, ListAnswer list)
    {
        await using var writer = new Utf8JsonWriter(body, Options);
        CopyOpen(list.JsonHead, writer);
        for (var i = 0; i < list.Count; i++)
        {
            CopyAll(list.Item(i).Span, writer);
            writer.Flush();
            if (!await body.StepAsync())
                return;
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        await body.EndAsync();
    }

    private static void CopyAll(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        while (reader.Read())
            Copy(ref reader, writer);
    }

    /// <summary>Copies the beginning of a document whose last array is still open.</summary>
    private static void CopyOpen(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(JsonDepth.Reader));
        while (reader.Read())
            Copy(ref reader, writer);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName when reader.ValueIsEscaped:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.ValueSpan);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                writer.WriteStringValue(reader.GetString());
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.ValueSpan);
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
