using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>A value of a document as upstream's messages show it: scalars as they are, composite values in Go's own syntax.</summary>
internal sealed class ShownValue(JsonNode? value) : IFormattable
{
    /// <summary>Longest text of a composite value, in characters.</summary>
    private const int MaximumLength = 4_096;

    /// <summary>The value for a finding.</summary>
    public static object? Of(JsonNode? value) => value switch
    {
        null => null,
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.True or JsonValueKind.False => scalar.GetValueKind() == JsonValueKind.True,
        _ => new ShownValue(value),
    };

    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        var text = Text(value);
        return text.Length <= MaximumLength ? text : text[..MaximumLength] + "...";
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "interface {}(nil)",
        JsonObject map => "map[string]interface {}{"
            + string.Join(", ", map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{SchemaTexts.Quote(m.Key)}:{Text(m.Value)}")) + "}",
        JsonArray list => $"[]interface {{}}{{{string.Join(", ", list.Select(Text))}}}",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => SchemaTexts.Quote(scalar.GetValue<string>()),
        _ => node.ToJsonString(),
    };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class SchemaText : System.Text.Json.Serialization.JsonSerializerContext
{
    public static readonly SchemaText Relaxed = new(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
