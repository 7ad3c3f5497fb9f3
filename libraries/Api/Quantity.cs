using System.Text.Json.Serialization;
namespace Platform.Api;
[JsonConverter(typeof(QuantityConverter))]
public readonly record struct Quantity(string Text);
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) => new(reader.GetString()!);
    public override void Write(System.Text.Json.Utf8JsonWriter writer, Quantity value, System.Text.Json.JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
