using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api;

/// <summary>A number or a string: a port by number or name, a count or a percentage.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public readonly record struct IntOrString
{
    /// <summary>A number.</summary>
    public IntOrString(int number) => Number = number;

    /// <summary>A string.</summary>
    public IntOrString(string text) => Text = text;

    /// <summary>The number; 0 when this is a string.</summary>
    public int Number { get; }

    /// <summary>The string; null when this is a number.</summary>
    public string? Text { get; }

    /// <summary>A number is an IntOrString.</summary>
    public static implicit operator IntOrString(int number) => new(number);

    /// <summary>A string is an IntOrString.</summary>
    public static implicit operator IntOrString(string text) => new(text);

    /// <summary>The number, or the percentage of <paramref name="total"/> that the string names.</summary>
    /// <param name="total">What 100 % stands for.</param>
    /// <param name="roundUp">Whether a fraction counts as a whole.</param>
    /// <returns>The scaled value, or null when the string is not a percentage.</returns>
    public int? Scale(int total, bool roundUp)
    {
        if (Text is null)
            return Number;
        if (!Text.EndsWith('%') || !int.TryParse(Text.AsSpan(0, Text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
            return null;
        var scaled = (long)percent * total;
        return (int)(roundUp ? (scaled + 99) / 100 : scaled / 100);
    }

    /// <inheritdoc />
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
        JsonTokenType.String => reader.GetString()!,
        _ => throw new JsonException("expected a number or a string"),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (value.Text is null)
            writer.WriteNumberValue(value.Number);
        else
            writer.WriteStringValue(value.Text);
    }
}
