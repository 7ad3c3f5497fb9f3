using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api;

/// <summary>
/// The text form of quantities. Small numbers go through 128-bit arithmetic; only those whose digits might overflow it take the slow
/// path over BigInteger, where they are capped anyway.
/// </summary>
internal static class QuantityText
{
    private const string WrongFormat =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string WrongNumber = "unable to parse numeric part of quantity";
    private const string WrongSuffix = "unable to parse quantity's suffix";

    /// <summary>Longest text that is looked at, in characters: nothing sensible is longer, and parsing stays cheap.</summary>
    private const int LongestText = 256;

    /// <summary>Decimal digits that 128 bits hold in any case.</summary>
    private const int SafeDigits = 37;

    private static readonly Int128 LargestNanos = (Int128)long.MaxValue * 1_000_000_000;
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly SearchValues<char> SuffixCharacters = SearchValues.Create("eEinumkKMGTP");

    /// <summary>Parses; the result is null or what is wrong.</summary>
    public static string? TryParse(ReadOnlySpan<char> text, out Quantity value)
    {
        value = default;
        if (text.IsEmpty || text.Length > LongestText)
            return WrongFormat;
        if (text is "0")
            return null;
        var negative = text[0] == '-';
        var rest = text[0] is '-' or '+' ? text[1..] : text;
        var end = rest.IndexOfAnyExcept("0123456789.");
        var number = end < 0 ? rest : rest[..end];
        var suffix = end < 0 ? [] : rest[end..];
        var point = number.IndexOf('.');
        if (point >= 0 && number[(point + 1)..].Contains('.'))
            return WrongFormat;
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? [] : number[(point + 1)..];
        if (!IsSuffixShaped(suffix))
            return WrongFormat;
        if (whole.IsEmpty && fraction.IsEmpty)
            return WrongNumber;
        if (!TryInterpret(suffix, out var format, out var tens, out var binary))
            return WrongSuffix;
        var nanos = Scale(whole.TrimStart('0'), fraction.TrimEnd('0'), tens, binary);
        value = new(negative ? -nanos : nanos, format);
        return null;
    }

    /// <summary>Canonical text: no fraction, the largest fitting suffix.</summary>
    public static string Format(Int128 nanos, QuantityFormat format)
    {
        if (nanos == 0)
            return "0";
        var unit = (Int128)1_000_000_000;
        var small = Int128.Abs(nanos) < 1024 * unit;
        if (format == QuantityFormat.BinarySI && !small && nanos % unit == 0)
            return Binary(nanos / unit);
        var steps = 0;
        while (nanos % 1000 == 0)
        {
            nanos /= 1000;
            steps++;
        }

        var exponent = (steps - 3) * 3;
        var suffix = format == QuantityFormat.DecimalExponent
            ? exponent == 0 ? "" : "e" + exponent.ToString(CultureInfo.InvariantCulture)
            : DecimalSuffixes[steps];
        return nanos.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    private static string Binary(Int128 units)
    {
        var steps = 0;
        while (steps < BinarySuffixes.Length - 1 && units % 1024 == 0)
        {
            units /= 1024;
            steps++;
        }

        return units.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[steps];
    }

    private static bool IsSuffixShaped(ReadOnlySpan<char> suffix)
    {
        var letters = suffix.IndexOfAnyExcept(SuffixCharacters);
        if (letters < 0)
            return true;
        var tail = suffix[letters..];
        if (tail[0] is '-' or '+')
            tail = tail[1..];
        return !tail.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryInterpret(ReadOnlySpan<char> suffix, out QuantityFormat format, out int tens, out int binary)
    {
        tens = 0;
        binary = 0;
        format = QuantityFormat.DecimalSI;
        for (var i = 0; i < DecimalSuffixes.Length; i++)
        {
            if (suffix.SequenceEqual(DecimalSuffixes[i]))
            {
                tens = (i - 3) * 3;
                return true;
            }
        }

        for (var i = 1; i < BinarySuffixes.Length; i++)
        {
            if (suffix.SequenceEqual(BinarySuffixes[i]))
            {
                format = QuantityFormat.BinarySI;
                binary = i * 10;
                return true;
            }
        }

        format = QuantityFormat.DecimalExponent;
        return suffix.Length > 1 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out tens);
    }

    private static Int128 Scale(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int tens, int binary)
    {
        var digits = whole.Length + fraction.Length;
        if (digits == 0)
            return 0;
        var power = Math.Clamp((long)tens + 9 - fraction.Length, -2 * LongestText, 2 * LongestText);
        var mantissaText = string.Concat(whole, fraction);
        if (digits + Math.Abs(power) + (binary / 3) <= SafeDigits)
        {
            var mantissa = Int128.Parse(mantissaText, CultureInfo.InvariantCulture) << binary;
            var factor = PowerOfTen((int)Math.Abs(power));
            if (power >= 0)
                return Int128.Min(mantissa * factor, LargestNanos);
            var (quotient, remainder) = Int128.DivRem(mantissa, factor);
            return Int128.Min(remainder == 0 ? quotient : quotient + 1, LargestNanos);
        }

        var large = BigInteger.Parse(mantissaText, CultureInfo.InvariantCulture) << binary;
        var scale = BigInteger.Pow(10, (int)Math.Abs(power));
        var result = power >= 0 ? large * scale : (large + scale - 1) / scale;
        return result > (BigInteger)LargestNanos ? LargestNanos : (Int128)result;
    }

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 result = 1;
        for (; exponent > 0; exponent--)
            result *= 10;
        return result;
    }
}

/// <summary>Reads a string or a number, writes canonical text.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!.Trim(),
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
            _ => throw new JsonException("expected a quantity"),
        };
        return QuantityText.TryParse(text, out var value) is { } error ? throw new JsonException(error) : value;
    }

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
