using System.Globalization;
using System.Numerics;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Platform.Api.Json;

/// <summary>Decides what a YAML scalar is, by the rules of the YAML library that upstream uses.</summary>
internal static class YamlScalar
{
    private const string StringTag = "tag:yaml.org,2002:str";
    private const string BinaryTag = "tag:yaml.org,2002:binary";

    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        var text = scalar.Value;
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (scalar.Style != ScalarStyle.Plain || tag is StringTag or BinaryTag or "!")
        {
            writer.WriteStringValue(text);
            return;
        }

        if (IsNull(text))
            writer.WriteNullValue();
        else if (Truth(text) is { } truth)
            writer.WriteBooleanValue(truth);
        else if (IsNotFinite(text))
            throw new DocumentException($"json: unsupported value: {GoNumber(text)}");
        else if (IsNumberLike(text))
            Number(writer, text);
        else
            writer.WriteStringValue(text);
    }

    /// <summary>Whether a text without quotes is read as a text, by this reader and by those that know times and merge keys.</summary>
    public static bool IsText(string text)
    {
        if (IsNull(text) || Truth(text) is not null || IsNotFinite(text) || text is "<<" or "=")
            return false;
        if (!IsNumberLike(text))
            return true;
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return plain.Length > 0 && !TryInteger(plain, out _) && !IsFloat(plain) && !LooksLikeTime(text);
    }

    private static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static bool? Truth(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => false,
        _ => null,
    };

    private static bool IsNotFinite(string text) =>
        text is ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" or ".nan" or ".NaN" or ".NAN";

    private static string GoNumber(string text) => text.EndsWith("nan", StringComparison.OrdinalIgnoreCase) ? "NaN" : text[0] == '-' ? "-Inf" : "+Inf";

    private static bool IsNumberLike(string text) => char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.';

    private static bool LooksLikeTime(string text) => text.Length >= 8 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && text[4] == '-';

    private static void Number(Utf8JsonWriter writer, string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (TryInteger(plain, out var integer))
        {
            if (integer >= long.MinValue && integer <= ulong.MaxValue)
                writer.WriteRawValue(integer.ToString(CultureInfo.InvariantCulture));
            else
                writer.WriteNumberValue((double)integer);
        }
        else if (IsFloat(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(text);
    }

    private static bool TryInteger(string text, out BigInteger value)
    {
        value = 0;
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-');
        if (text.Length - digits.Length > 1 || digits.Length == 0)
            return false;
        var (radix, body) = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => (16, hex),
            ['0', 'b' or 'B', .. var binary] => (2, binary),
            ['0', 'o' or 'O', .. var octal] => (8, octal),
            ['0', _, ..] => (8, digits[1..]),
            _ => (10, digits),
        };
        if (body.Length is 0 or > 64)
            return false;
        foreach (var c in body)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
        }

        if (negative)
            value = -value;
        return true;
    }

    private static bool IsFloat(string text) =>
        text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '+' or '-');
}
