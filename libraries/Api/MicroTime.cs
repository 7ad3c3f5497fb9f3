using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api;

/// <summary>A point in time that is written with microseconds, as leases and events have it.</summary>
/// <param name="Value">The instant.</param>
[JsonConverter(typeof(MicroTimeConverter))]
public readonly record struct MicroTime(DateTimeOffset Value)
{
    /// <summary>An instant is a micro time.</summary>
    public static implicit operator MicroTime(DateTimeOffset value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

internal sealed class MicroTimeConverter : JsonConverter<MicroTime>
{
    public override MicroTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryRead(in reader, out var value)
            ? value
            : throw new JsonException("expected an RFC 3339 time");

    public override void Write(Utf8JsonWriter writer, MicroTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>
/// Reads times. The framework's reader knows more forms than the one of the API: dates, and times of the place where the server happens to be.
/// </summary>
internal static class Rfc3339
{
    private const int ShortestLength = 20;
    private const int DateLength = 10;

    public static bool TryRead(ref readonly Utf8JsonReader reader, out DateTimeOffset value)
    {
        value = default;
        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out value)
            && (reader.HasValueSequence || reader.ValueIsEscaped || IsComplete(reader.ValueSpan));
    }

    private static bool IsComplete(ReadOnlySpan<byte> text) =>
        text.Length >= ShortestLength && text[DateLength] == 'T' && (text[^1] == 'Z' || text[^"+07:00".Length] is (byte)'+' or (byte)'-');
}

/// <summary>Times are written in UTC with whole seconds, as metav1.Time is.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryRead(in reader, out var value)
            ? value
            : throw new JsonException("expected an RFC 3339 time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[20];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
