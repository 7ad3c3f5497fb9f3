using System.Text;
using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Watching;

/// <summary>
/// Walks an object's labels in its stored bytes, without making strings of them. The bytes are what the server's own encoder wrote, and labels
/// are restricted to characters that are never escaped; should one be all the same, it is read the slow way.
/// </summary>
internal ref struct LabelWalker(ReadOnlySpan<byte> json)
{
    private ReadOnlySpan<byte> _rest = json;

    public ReadOnlySpan<byte> Key { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The labels of an object: start and length of their JSON object within the object's; length 0 where it has none.</summary>
    public static (int Start, int Length) Locate(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        if (!Enter(ref reader, "metadata"u8, first: true) || !Enter(ref reader, "labels"u8, first: false))
            return default;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }

    public bool MoveNext()
    {
        var start = _rest.IndexOf((byte)'"');
        if (start < 0)
            return false;
        _rest = _rest[start..];
        Key = Text();
        _rest = _rest[(_rest.IndexOf((byte)':') + 1)..].TrimStart((byte)' ');
        // Something other than a text, such as null, counts as the empty text; what follows is looked for behind the next comma.
        Value = _rest.Length > 0 && _rest[0] == '"' ? Text() : default;
        return true;
    }

    private ReadOnlySpan<byte> Text()
    {
        var end = _rest[1..].IndexOfAny((byte)'"', (byte)'\\') + 1;
        if (_rest[end] == '"')
        {
            var plain = _rest[1..end];
            _rest = _rest[(end + 1)..];
            return plain;
        }
        var reader = new Utf8JsonReader(_rest);
        reader.Read();
        _rest = _rest[(int)reader.BytesConsumed..];
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    /// <summary>Moves to the start of the object that a member of the present object holds.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member, bool first)
    {
        if (first)
            reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matches = reader.ValueTextEquals(member);
            reader.Read();
            if (matches)
                return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }
        return false;
    }
}
