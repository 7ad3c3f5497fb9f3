using System.Text.RegularExpressions;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>What is wrong with a pattern, as Go's parser of expressions says it.</summary>
internal static class GoPatternFault
{
    /// <summary>The fault; null where the pattern is good.</summary>
    public static string? Of(string pattern)
    {
        var translated = GoPattern.Translate(pattern);
        try
        {
            _ = new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return null;
        }
        catch (RegexParseException e)
        {
            return "error parsing regexp: " + Describe(e, pattern, translated[..Math.Clamp(e.Offset, 0, translated.Length)]);
        }
        catch (NotSupportedException)
        {
            return "error parsing regexp: " + Unsupported(pattern);
        }
    }

    private static string Describe(RegexParseException fault, string pattern, string read) => fault.Error switch
    {
        RegexParseError.UnterminatedBracket => $"missing closing ]: `{pattern[Math.Max(0, pattern.LastIndexOf('['))..]}`",
        RegexParseError.InsufficientClosingParentheses => $"missing closing ): `{pattern}`",
        RegexParseError.InsufficientOpeningParentheses => $"unexpected ): `{pattern}`",
        RegexParseError.QuantifierAfterNothing => $"missing argument to repetition operator: `{Last(read, 1)}`",
        RegexParseError.NestedQuantifiersNotParenthesized => $"invalid nested repetition operator: `{Last(read, 2)}`",
        RegexParseError.UnescapedEndingBackslash => "trailing backslash at end of expression: ``",
        RegexParseError.ReversedCharacterRange => $"invalid character class range: `{Last(read, 3)}`",
        RegexParseError.UnrecognizedEscape => $"invalid escape sequence: `{Last(read, 2)}`",
        _ => Unsupported(pattern),
    };

    private static string Unsupported(string pattern) => $"invalid or unsupported Perl syntax: `{pattern}`";

    private static string Last(string text, int length) => text[Math.Max(0, text.Length - length)..];
}
