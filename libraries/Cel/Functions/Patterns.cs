using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Cel.Functions;

/// <summary>
/// Regular expressions of RE2, which the language uses because they take time linear in the text. The framework's engine without backtracking has that
/// property; its syntax differs, so that a pattern is translated: what RE2 does not know is refused, classes that are ASCII there are written out, and
/// repetitions are bounded as RE2 bounds them.
/// </summary>
internal static class Patterns
{
    /// <summary>Compiled patterns that are kept; when there are more, all are forgotten.</summary>
    private const int MaximumKept = 1_000;

    /// <summary>Longest pattern in UTF-16 units.</summary>
    private const int MaximumLength = 10_000;

    /// <summary>RE2's bound of a counted repetition, and here also of nested ones multiplied.</summary>
    private const int MaximumRepeat = 1_000;

    private static readonly ConcurrentDictionary<string, (Regex? Regex, string? Error)> Kept = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z", ["alpha"] = "A-Za-z", ["ascii"] = @"\x00-\x7F", ["blank"] = @"\t ", ["cntrl"] = @"\x00-\x1F\x7F", ["digit"] = "0-9", ["graph"] = "!-~",
        ["lower"] = "a-z", ["print"] = " -~", ["punct"] = @"!-/:-@\[-`{-~", ["space"] = @"\t\n\v\f\r ", ["upper"] = "A-Z", ["word"] = "0-9A-Za-z_", ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>The pattern ready to match; null with the reason where it is none.</summary>
    public static Regex? Compile(string pattern, out string? error)
    {
        if (!Kept.TryGetValue(pattern, out var found))
        {
            if (Kept.Count >= MaximumKept)
                Kept.Clear();
            found = Kept[pattern] = Make(pattern);
        }
        error = found.Error;
        return found.Regex;
    }

    private static (Regex? Regex, string? Error) Make(string pattern)
    {
        if (pattern.Length > MaximumLength)
            return (null, "error parsing regexp: expression too large");
        try
        {
            return (new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InsufficientExecutionStackException)
        {
            return (null, $"error parsing regexp: {(e is RegexParseException parse ? parse.Error.ToString() : e.Message)}: `{pattern}`");
        }
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var groups = new Stack<int>();
        var repeats = 1L;
        var multiline = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    Escape(pattern, ref i, result, inClass: false);
                    break;
                case '[':
                    Class(pattern, ref i, result);
                    break;
                case '(':
                    groups.Push(result.Length);
                    Group(pattern, ref i, result, ref multiline);
                    break;
                case '{' when Count(pattern, i) is { } count:
                    repeats *= Math.Max(1, count);
                    if (count > MaximumRepeat || repeats > MaximumRepeat)
                        throw new ArgumentException("invalid repeat count");
                    result.Append('{');
                    break;
                case '$' when !multiline:
                    result.Append(@"\z");
                    break;
                default:
                    // Repetitions multiply only where groups nest; outside of all groups a new factor begins.
                    if (pattern[i] == ')' && groups.Count > 0)
                        groups.Pop();
                    else if (groups.Count == 0 && pattern[i] is not ('?' or '*' or '+' or '}' or ',') && !char.IsAsciiDigit(pattern[i]))
                        repeats = 1;
                    result.Append(pattern[i]);
                    break;
            }
        }
        return result.ToString();
    }

    /// <summary>The larger number of a counted repetition; null where the brace is only a brace.</summary>
    private static int? Count(string pattern, int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || end - at > 24)
            return null;
        var parts = pattern[(at + 1)..end].Split(',');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
            return null;
        if (parts.Length == 1 || parts[1].Length == 0)
            return least;
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? Math.Max(least, most) : null;
    }

    private static void Group(string pattern, ref int at, StringBuilder result, ref bool multiline)
    {
        result.Append('(');
        if (at + 1 >= pattern.Length || pattern[at + 1] != '?')
            return;
        var rest = pattern.AsSpan(at + 2);
        if (rest.StartsWith("P<"))
        {
            result.Append("?<");
            at += 3;
            return;
        }
        if (rest.StartsWith("<") && !rest.StartsWith("<=") && !rest.StartsWith("<!"))
            return;
        var end = rest.IndexOfAnyExcept("imsU-");
        if (end < 0 || rest[end] is not (':' or ')'))
            throw new ArgumentException("invalid or unsupported Perl syntax");
        if (rest[..end].Contains('U'))
            throw new ArgumentException("ungreedy groups are not supported");
        var off = rest[..end].IndexOf('-');
        var m = rest[..end].IndexOf('m');
        if (m >= 0)
            multiline = off < 0 || m < off;
    }

    private static void Class(string pattern, ref int at, StringBuilder result)
    {
        result.Append('[');
        at++;
        if (at < pattern.Length && pattern[at] == '^')
        {
            result.Append('^');
            at++;
        }
        for (var first = true; at < pattern.Length; at++, first = false)
        {
            var c = pattern[at];
            if (c == ']' && !first)
            {
                result.Append(']');
                return;
            }
            if (c == '\\')
            {
                Escape(pattern, ref at, result, inClass: true);
                continue;
            }
            if (c == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is var end and > 0)
            {
                result.Append(PosixClasses.GetValueOrDefault(pattern[(at + 2)..end]) ?? throw new ArgumentException("invalid character class range"));
                at = end + 1;
                continue;
            }
            if (c is '[' or ']')
                result.Append('\\');
            result.Append(c);
        }
        throw new ArgumentException("missing closing ]");
    }

    private static void Escape(string pattern, ref int at, StringBuilder result, bool inClass)
    {
        if (++at >= pattern.Length)
            throw new ArgumentException("trailing backslash at end of expression");
        var c = pattern[at];
        var translated = c switch
        {
            'd' => inClass ? "0-9" : "[0-9]",
            'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
            's' => inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]",
            'D' when !inClass => "[^0-9]",
            'W' when !inClass => "[^0-9A-Za-z_]",
            'S' when !inClass => @"[^\t\n\f\r ]",
            'D' => @"\x00-/:-\uFFFF",
            'W' => @"\x00-/:-@\[-^`{-\uFFFF",
            'S' => @"\x00-\x08\x0B\x0E-\x1F!-\uFFFF",
            'A' or 'b' or 'B' or 'z' when !inClass => "\\" + c,
            'a' or 'f' or 'n' or 'r' or 't' or 'v' => "\\" + c,
            _ => null,
        };
        if (translated is not null)
            result.Append(translated);
        else if (c is 'p' or 'P' && at + 1 < pattern.Length && pattern[at + 1] != '{')
            result.Append('\\').Append(c).Append('{').Append(pattern[++at]).Append('}');
        else if (c is 'p' or 'P')
            result.Append('\\').Append(c);
        else if (c == 'x')
            Hex(pattern, ref at, result);
        else if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c))
            result.Append(Regex.Escape(c.ToString())).Replace("]", @"\]", result.Length - 1, c == ']' ? 1 : 0).Replace("-", @"\-", result.Length - 1, c == '-' ? 1 : 0);
        else
            throw new ArgumentException($@"invalid escape sequence: `\{c}`");
    }

    private static void Hex(string pattern, ref int at, StringBuilder result)
    {
        var braces = at + 1 < pattern.Length && pattern[at + 1] == '{';
        var start = at + (braces ? 2 : 1);
        var end = braces ? pattern.IndexOf('}', start) : start + 2;
        if (end < 0 || end > pattern.Length || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code > 0xffff)
            throw new ArgumentException("invalid escape sequence");
        result.Append(CultureInfo.InvariantCulture, $@"\u{code:x4}");
        at = braces ? end : end - 1;
    }
}
