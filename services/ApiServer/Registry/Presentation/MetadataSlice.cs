using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>Finds an object's metadata within its bytes, so that it can be sent without the rest.</summary>
internal static class MetadataSlice
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => Member(json, "metadata"u8) is { IsEmpty: false } found ? found : "{}"u8;

    /// <summary>The metadata of a list of which only the beginning is at hand.</summary>
    public static ReadOnlySpan<byte> OfBeginning(ReadOnlySpan<byte> json) => Member(new Utf8JsonReader(json, isFinalBlock: false, new(JsonDepth.Reader)), json, "metadata"u8);

    /// <summary>The object's resource version; empty where it has none.</summary>
    public static string ResourceVersion(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(Member(Of(json), "resourceVersion"u8) is { IsEmpty: false } found ? found : "\"\""u8);
        reader.Read();
        return reader.GetString() ?? "";
    }

    private static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Member(new Utf8JsonReader(json, JsonDepth.Reader), json, name);

    private static ReadOnlySpan<byte> Member(Utf8JsonReader reader, ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            // Where the document is cut off there is nothing behind the place that could be wanted.
            if (!reader.TrySkip())
                break;
            if (isWanted)
                return json[start..(int)reader.BytesConsumed];
        }
        return default;
    }
}
