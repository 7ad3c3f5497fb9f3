using System.Globalization;
using System.Text;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>
/// The name under which a request's fields are owned: the query's <c>fieldManager</c>, or the first part of the user agent.
/// </summary>
internal static class FieldManager
{
    /// <summary>Most characters of a name.</summary>
    public const int MostCharacters = 128;

    /// <summary>Under what name the server's own parts write.</summary>
    public const string OfServer = "kube-apiserver";

    /// <exception cref="ApiException">422 where the name is too long or not printable.</exception>
    public static string Of(HttpContext http, string verb)
    {
        var asked = http.Request.QueryString.HasValue ? http.Request.Query["fieldManager"].ToString() : "";
        if (asked.Length == 0)
            return FromUserAgent(http.Request.Headers.UserAgent.ToString());
        if (Findings(asked) is { Count: > 0 } findings)
            throw ApiErrors.Invalid("meta.k8s.io", OptionsKind(verb), "", findings);
        return asked;
    }

    /// <summary>What options of a write are called in messages.</summary>
    public static string OptionsKind(string verb) => verb switch
    {
        "create" => "CreateOptions",
        "patch" => "PatchOptions",
        _ => "UpdateOptions",
    };

    private static List<FieldError> Findings(string name)
    {
        var findings = new List<FieldError>();
        if (Encoding.UTF8.GetByteCount(name) > MostCharacters)
            findings.Add(FieldError.TooLong("fieldManager", MostCharacters));
        var position = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsPrintable(rune))
                findings.Add(FieldError.Invalid("fieldManager", name,
                    string.Create(CultureInfo.InvariantCulture, $"invalid character U+{rune.Value:X4} (at position {position})")));
            position += rune.Utf8SequenceLength;
        }

        return findings;
    }

    private static string FromUserAgent(string agent)
    {
        var end = agent.IndexOf('/', StringComparison.Ordinal);
        var first = end < 0 ? agent : agent[..end];
        if (first.Length <= MostCharacters && Ascii.IsValid(first) && !first.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return first;
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in first.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostCharacters)
                break;
            if (IsPrintable(rune))
                name.Append(rune.ToString());
        }

        return name.ToString();
    }

    /// <summary>Letters, marks, numbers, punctuation, symbols and the ordinary space.</summary>
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
