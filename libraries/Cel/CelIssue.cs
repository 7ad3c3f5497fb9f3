using System.Globalization;
using System.Text;

namespace Platform.Cel;

/// <summary>Something wrong in the text of an expression.</summary>
/// <param name="Line">Line, from 1; -1 where the expression as a whole is meant.</param>
/// <param name="Column">Code points before it in the line, from 0.</param>
/// <param name="Message">What is wrong, in the words of cel-go, which users know from Kubernetes' answers.</param>
public sealed record CelIssue(int Line, int Column, string Message)
{
    /// <summary>Most issues that are shown of one expression.</summary>
    public const int MaximumShown = 100;

    /// <summary>The issue with the line of the text and a mark under the place.</summary>
    public string Show(string text)
    {
        var result = new StringBuilder().Append(CultureInfo.InvariantCulture, $"ERROR: <input>:{Line}:{Column + 1}: {Message}");
        if (Line < 1)
            return result.ToString();
        var lines = text.Split('\n');
        if (Line > lines.Length)
            return result.ToString();
        result.Append("\n | ").Append(lines[Line - 1].TrimEnd('\r').Replace('\t', ' '));
        return result.Append("\n | ").Append('.', Column).Append('^').ToString();
    }

    /// <summary>All issues of a text, in its order.</summary>
    public static string Show(IEnumerable<CelIssue> issues, string text)
    {
        var sorted = issues.OrderBy(i => i.Line).ThenBy(i => i.Column).ToList();
        var shown = sorted.Take(MaximumShown).Select(i => i.Show(text));
        var more = sorted.Count > MaximumShown ? $"\n{sorted.Count - MaximumShown} more errors were truncated" : "";
        return string.Join('\n', shown) + more;
    }
}
