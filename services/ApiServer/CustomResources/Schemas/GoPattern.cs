using System.Text;
using System.Text.RegularExpressions;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>
/// Patterns of schemas are written in Go's syntax (RE2). It differs from the framework's in little that is used: <c>\d</c>, <c>\w</c> and <c>\s</c> mean ASCII only,
/// <c>\z</c> ends the text, <c>$</c> does not match before a last line break, classes such as <c>[[:alpha:]]</c> have names. Both engines run in linear time.
/// </summary>
internal static partial class GoPattern
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z", ["alpha"] = "A-Za-z", ["ascii"] = "\\x00-\\x7F", ["blank"] = "\\t ", ["cntrl"] = "\\x00-\\x1F\\x7F", ["digit"] = "0-9",
        ["graph"] = "!-~", ["lower"] = "a-z", ["print"] = " -~", ["punct"] = "!-/:-@\\[-`{-~", ["space"] = "\\t\\n\\v\\f\\r ", ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_", ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>The pattern in the framework's syntax.</summary>
    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
                result.Append(Escape(pattern[++i], inClass));
            else if (inClass && c == '[' && NamedClass().Match(pattern, i) is { Success: true } named && named.Index == i
                && Classes.TryGetValue(named.Groups[1].Value, out var members))
            {
                result.Append(members);
                i += named.Length - 1;
            }
            else if (inClass && c == '[')
                result.Append("\\[");
            else if (!inClass && c == '$')
                result.Append("\\z");
            else
            {
                if (c == '[' && !inClass)
                {
                    inClass = true;
                    result.Append(c);
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                        result.Append(pattern[++i]);
                    // A bracket that comes first is a member.
                    if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                    {
                        result.Append("\\]");
                        i++;
                    }
                    continue;
                }
                if (c == ']')
                    inClass = false;
                result.Append(c);
            }
        }
        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('s', false) => "[\\t\\n\\f\\r ]",
        ('D', false) => "[^0-9]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('S', false) => "[^\\t\\n\\f\\r ]",
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('s', true) => "\\t\\n\\f\\r ",
        ('z', false) => "\\z",
        _ => "\\" + c,
    };

    [GeneratedRegex(@"\[:([a-z]+):\]", RegexOptions.CultureInvariant)]
    private static partial Regex NamedClass();
}
