using System.Globalization;
using Platform.Api.Errors;

namespace Platform.Api.Json;

/// <summary>Why a text is no time, in the words of Go's parser, which goes through its layout step by step.</summary>
internal static class GoTime
{
    private const string Layout = "2006-01-02T15:04:05Z07:00";
    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";
    private const string Fraction = ".000000";
    private const string Zone = "Z07:00";

    private static readonly (string Element, int Digits, int Least, int Most, string Name)[] Steps =
    [
        ("2006", 4, 0, 9999, "year"), ("-", 0, 0, 0, ""), ("01", 2, 1, 12, "month"), ("-", 0, 0, 0, ""), ("02", 2, 1, 31, "day"), ("T", 0, 0, 0, ""),
        ("15", 2, 0, 23, "hour"), (":", 0, 0, 0, ""), ("04", 2, 0, 59, "minute"), (":", 0, 0, 0, ""), ("05", 2, 0, 59, "second"),
    ];

    public static string Fault(string text, bool isMicro)
    {
        var rest = text.AsSpan();
        foreach (var (element, digits, least, most, name) in Steps)
        {
            if (digits == 0 ? !rest.StartsWith(element) : rest.Length < digits || rest[..digits].ContainsAnyExceptInRange('0', '9'))
                return Unparsed(text, rest, element, isMicro);
            if (digits > 0 && int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) is var number && (number < least || number > most))
                return $"parsing time {GoSyntax.Show(text)}: {name} out of range";
            rest = rest[(digits == 0 ? 1 : digits)..];
        }

        var end = rest.Length > 0 && rest[0] is '.' or ',' ? 1 + rest[1..].IndexOfAnyExceptInRange('0', '9') : 0;
        if (isMicro && end != Fraction.Length)
            return Unparsed(text, rest, Fraction, isMicro);
        rest = end > 0 ? rest[end..] : rest;
        var zone = rest is ['Z', ..] ? 1 : rest is ['+' or '-', _, _, ':', _, _, ..] ? Zone.Length : 0;
        if (zone == 0)
            return Unparsed(text, rest, Zone, isMicro);
        // What is left to be wrong is a day that its month does not have.
        return $"parsing time {GoSyntax.Show(text)}: {(rest.Length > zone ? "extra text: " + GoSyntax.Show(rest[zone..].ToString()) : "day out of range")}";
    }

    private static string Unparsed(string text, ReadOnlySpan<char> rest, string element, bool isMicro) =>
        $"parsing time {GoSyntax.Show(text)} as \"{(isMicro ? MicroLayout : Layout)}\": cannot parse {GoSyntax.Show(rest.ToString())} as \"{element}\"";
}
