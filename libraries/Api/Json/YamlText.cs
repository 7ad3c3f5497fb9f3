using System.Globalization;
using System.Text;

namespace Platform.Api.Json;

/// <summary>Writes texts as YAML scalars: plain where they read back as the same text, as a literal block where they have several lines, else in quotes.</summary>
internal static class YamlText
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    public static void Write(StringBuilder output, string text, int indent, bool isKey)
    {
        if (IsLiteral(text) && !isKey)
            Literal(output, text, indent);
        else if (text.Length > 0 && YamlScalar.IsText(text) && IsPlain(text))
            output.Append(text);
        else if (text.Length > 0 && YamlScalar.IsText(text) && !NeedsEscapes(text))
            output.Append('\'').Append(text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        else
            Quoted(output, text);
    }

    private static bool IsPlain(string text)
    {
        if (text[0] is ' ' || text[^1] is ' ' or ':' || NeedsEscapes(text) || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        // A dash, question mark or colon begins something only when a space follows.
        if (Indicators.Contains(text[0], StringComparison.Ordinal) && !(text[0] is '-' or '?' or ':' && text.Length > 1 && text[1] != ' '))
            return false;
        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal);
    }

    // Blocks cannot say that their first line begins with a space without a further sign, and end in at most one line break without another.
    private static bool IsLiteral(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is ' ' or '\n' or '\t')
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '\n' && !IsPrintable(rune))
                return false;
        }

        // White space before a line break would be lost to the eye, and some readers.
        return !text.Contains(" \n", StringComparison.Ordinal);
    }

    private static void Literal(StringBuilder output, string text, int indent)
    {
        var body = text.TrimEnd('\n');
        var breaks = text.Length - body.Length;
        output.Append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+");
        foreach (var line in body.Split('\n'))
        {
            output.Append('\n');
            if (line.Length > 0)
                output.Append(' ', indent).Append(line);
        }

        // What follows the scalar brings the first of the line breaks with it.
        output.Append('\n', Math.Max(0, breaks - 1));
    }

    private static bool NeedsEscapes(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
                return true;
        }

        return false;
    }

    private static bool IsPrintable(Rune rune) =>
        rune.Value is >= 0x20 and < 0x7f or (>= 0xa0 and < 0xd800 and not (0x2028 or 0x2029)) or (>= 0xe000 and < 0xfffd and not 0xfeff) or >= 0x10000;

    private static void Quoted(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    output.Append("\\\"");
                    break;
                case '\\':
                    output.Append("\\\\");
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                case var _ when IsPrintable(rune):
                    output.Append(rune.ToString());
                    break;
                case <= 0xff:
                    output.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
                    break;
                case <= 0xffff:
                    output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                    break;
                default:
                    output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
                    break;
            }
        }

        output.Append('"');
    }
}

/// <summary>The order in which upstream's YAML encoder writes keys: letters before other characters, numbers within by their value.</summary>
internal sealed class YamlKeyOrder : IComparer<string>
{
    public static readonly YamlKeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x!, y!);
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] == right[i])
                continue;
            var (leftLetter, rightLetter) = (char.IsLetter(left[i]), char.IsLetter(right[i]));
            if (leftLetter != rightLetter)
                return leftLetter ? 1 : -1;
            if (!leftLetter && Number(left, i) is { } leftNumber && Number(right, i) is { } rightNumber && leftNumber != rightNumber)
                return leftNumber.CompareTo(rightNumber);
            return left[i].CompareTo(right[i]);
        }

        return left.Length.CompareTo(right.Length);
    }

    // Digits too many for a number compare as text.
    private static ulong? Number(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return ulong.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
