using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Api.ManagedFields;

/// <summary>A scalar that identifies a list item: a member of a set, or the value of a key. Compares as upstream orders values.</summary>
public sealed class FieldValue : IComparable<FieldValue>, IEquatable<FieldValue>
{
    /// <summary>What needs no escape: ASCII that can be seen, but for the quote and the backslash.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except(['"', '\\'])]);

    private readonly JsonValueKind _kind;
    private readonly string _text;
    private readonly decimal _number;

    private FieldValue(JsonValueKind kind, string text, decimal number)
    {
        _kind = kind;
        _text = text;
        _number = number;
    }

    /// <summary>The value as JSON.</summary>
    public string Json => _kind == JsonValueKind.String ? Quote(_text) : _text;

    /// <summary>The value of a JSON scalar; lists and objects are held by their text.</summary>
    public static FieldValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new(JsonValueKind.String, element.GetString()!, 0),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => new(JsonValueKind.True, "true", 0),
        JsonValueKind.False => new(JsonValueKind.False, "false", 0),
        JsonValueKind.Null => new(JsonValueKind.Null, "null", 0),
        _ => new(element.ValueKind, element.GetRawText(), 0),
    };

    /// <summary>A text.</summary>
    public static FieldValue Of(string text) => new(JsonValueKind.String, text, 0);

    /// <inheritdoc />
    public int CompareTo(FieldValue? other)
    {
        if (other is null)
            return 1;
        var rank = Rank(_kind).CompareTo(Rank(other._kind));
        if (rank != 0)
            return rank;
        if (_kind == JsonValueKind.Number && _number != other._number)
            return _number.CompareTo(other._number);
        return _kind == JsonValueKind.Number ? 0 : string.CompareOrdinal(_text, other._text);
    }

    /// <inheritdoc />
    public bool Equals(FieldValue? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as FieldValue);

    /// <inheritdoc />
    public override int GetHashCode() => _kind == JsonValueKind.Number ? _number.GetHashCode() : string.GetHashCode(_text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Json;

    internal static string Quote(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return $"\"{text}\"";
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            writer.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static FieldValue Number(JsonElement element)
    {
        // What no decimal holds is compared by its text: such a number is nobody's key.
        if (!element.TryGetDecimal(out var number))
            return new(JsonValueKind.Object, element.GetRawText(), 0);
        return new(JsonValueKind.Number, number.ToString(CultureInfo.InvariantCulture), number);
    }

    private static int Rank(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number => 0,
        JsonValueKind.String => 1,
        JsonValueKind.False => 2,
        JsonValueKind.True => 3,
        JsonValueKind.Array => 4,
        JsonValueKind.Object => 5,
        _ => 6,
    };
}
