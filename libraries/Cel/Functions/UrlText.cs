namespace Platform.Cel.Functions;

/// <summary>A URL in its parts, as written.</summary>
internal sealed record UrlText(string Scheme, string Host, string Path, string RawQuery)
{
    public string Hostname => Host.StartsWith('[') ? Host[1..Host.IndexOf(']', StringComparison.Ordinal)] : Host.Split(':')[0];

    public string Port => Host.LastIndexOf(':') is var at and >= 0 && at > Host.LastIndexOf(']') ? Host[(at + 1)..] : "";

    /// <summary>Pairs of the query, unescaped; those that cannot be unescaped are left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query =>
        RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.Contains(';', StringComparison.Ordinal) && HasValidEscapes(p))
            .Select(p => p.Split('=', 2))
            .Select(p => KeyValuePair.Create(Unescape(p[0]), p.Length == 2 ? Unescape(p[1]) : ""));

    /// <summary>Takes a URL apart; null where it is none.</summary>
    public static UrlText? Parse(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyInRange('\0', ' ') || text.Contains('\u007f', StringComparison.Ordinal))
            return null;
        var (scheme, rest) = ("", text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text[0] != '/')
        {
            if (colon <= 0 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, colon).ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."))
                return null;
            (scheme, rest) = (text[..colon].ToLowerInvariant(), text[(colon + 1)..]);
            if (!rest.StartsWith('/'))
                return null;
        }
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        var path = question < 0 ? rest : rest[..question];
        var host = "";
        if (path.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !path.StartsWith("///", StringComparison.Ordinal)))
        {
            var slash = path.IndexOf('/', 2);
            host = slash < 0 ? path[2..] : path[2..slash];
            path = slash < 0 ? "" : path[slash..];
            host = host[(host.LastIndexOf('@') + 1)..];
        }
        return IsHost(host) && HasValidEscapes(path) ? new(scheme, host, path, query) : null;
    }

    private static bool IsHost(string host)
    {
        if (host.AsSpan().ContainsAny("\"<>\\^`{}|%"))
            return false;
        if (host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) < 0)
            return false;
        var after = host.LastIndexOf(']') + 1;
        var colon = host.IndexOf(':', after);
        if (after > 0 && after < host.Length && colon != after)
            return false;
        return colon < 0 || !host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9');
    }

    private static bool HasValidEscapes(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return false;
        }
        return true;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
