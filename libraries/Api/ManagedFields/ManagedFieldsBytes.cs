using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.Api.ManagedFields;

/// <summary>
/// Takes <c>metadata.managedFields</c> out of an encoded object. They are often as long as the rest and no part of what is compared and merged.
/// </summary>
public static class ManagedFieldsBytes
{
    /// <summary>The object without its managedFields; the same memory where it has none.</summary>
    /// <param name="json">The encoded object.</param>
    /// <param name="entries">The list as it was encoded; empty where there is none.</param>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> entries)
    {
        entries = default;
        var reader = new Utf8JsonReader(json.Span, JsonDepth.Reader);
        if (!Enter(ref reader))
            return json;
        var comma = -1L;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = reader.TokenStartIndex;
            var isSought = reader.ValueTextEquals("managedFields"u8);
            reader.Read();
            var value = reader.TokenStartIndex;
            reader.Skip();
            var end = reader.BytesConsumed;
            if (!isSought)
            {
                comma = end;
                continue;
            }

            entries = json[(int)value..(int)end];
            // The list goes with the comma before it, or, where it comes first, with the one behind it.
            if (comma >= 0)
                return Join(json, comma, end);
            return reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? Join(json, start, reader.TokenStartIndex) : Join(json, start, end);
        }

        return json;
    }

    /// <summary>Decodes a list that was cut out.</summary>
    /// <exception cref="JsonException">The bytes are no list of entries.</exception>
    public static IReadOnlyList<ManagedFieldsEntry>? Decode(ReadOnlyMemory<byte> entries) =>
        entries.IsEmpty ? null : ApiJson.Decode<IReadOnlyList<ManagedFieldsEntry>>(entries.Span);

    private static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata)
                return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        return false;
    }

    private static byte[] Join(ReadOnlyMemory<byte> json, long from, long to)
    {
        var result = GC.AllocateUninitializedArray<byte>((int)(json.Length - (to - from)));
        json.Span[..(int)from].CopyTo(result);
        json.Span[(int)to..].CopyTo(result.AsSpan((int)from));
        return result;
    }
}
