using System.Globalization;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>One of the media types that a client accepts, with its parameters.</summary>
/// <param name="Type">Before the slash; <c>*</c> for any.</param>
/// <param name="Subtype">Behind the slash; <c>*</c> for any.</param>
/// <param name="Quality">How much the client wants it; 1 where it does not say.</param>
/// <param name="Parameters">All parameters but the quality, in order.</param>
internal sealed record AcceptClause(string Type, string Subtype, double Quality, IReadOnlyList<(string Name, string Value)> Parameters)
{
    /// <summary>Most clauses of a header that are looked at.</summary>
    public const int MostClauses = 64;

    /// <summary>Most parameters of a clause that are looked at.</summary>
    private const int MostParameters = 16;

    /// <summary>The clauses of an <c>Accept</c> header: the most wanted first, of equal ones those without wildcards, then as they come.</summary>
    public static IReadOnlyList<AcceptClause> Parse(string header)
    {
        var clauses = new List<AcceptClause>();
        foreach (var range in header.AsSpan().Split(','))
        {
            if (clauses.Count == MostClauses)
                break;
            if (ParseOne(header.AsSpan()[range]) is { } clause)
                clauses.Add(clause);
        }
        return [.. clauses.OrderByDescending(c => c.Quality).ThenBy(c => c.Type == "*").ThenBy(c => c.Subtype == "*")];
    }

    /// <summary>Whether the clause names a media type, be it with wildcards.</summary>
    public bool Covers(string type, string subtype) => (Type == type && (Subtype == subtype || Subtype == "*")) || (Type == "*" && Subtype == "*");

    private static AcceptClause? ParseOne(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        var media = (end < 0 ? text : text[..end]).Trim();
        if (media.IsEmpty)
            return null;
        var slash = media.IndexOf('/');
        // A lone asterisk is what some clients send for anything.
        var type = slash < 0 ? media : media[..slash].Trim();
        var subtype = slash >= 0 ? media[(slash + 1)..].Trim() : media is "*" ? "*" : "";
        var quality = 1.0;
        var parameters = new List<(string, string)>();
        while (end >= 0 && parameters.Count < MostParameters)
        {
            text = text[(end + 1)..];
            end = text.IndexOf(';');
            var parameter = end < 0 ? text : text[..end];
            var equals = parameter.IndexOf('=');
            if (equals < 0)
                continue;
            var name = parameter[..equals].Trim();
            var value = parameter[(equals + 1)..].Trim();
            if (name is not "q")
                parameters.Add((name.ToString(), value.ToString()));
            else if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality))
                quality = 1;
        }
        return new(type.ToString().ToLowerInvariant(), subtype.ToString().ToLowerInvariant(), quality, parameters);
    }
}
