using System.Text.Json;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>Finds an object's metadata within its bytes, so that it can be sent without the rest.</summary>
internal static class MetadataSlice
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata)
                return json[start..(int)reader.BytesConsumed];
        }
        return "{}"u8;
    }
}
