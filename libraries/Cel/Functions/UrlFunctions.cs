using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>
/// Kubernetes' URL library. A URL is what Go's <c>url.ParseRequestURI</c> takes: absolute, or a path from the root; without a fragment of its own.
/// </summary>
internal static class UrlFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Global("url", "string_to_url", [CelType.String], LibraryTypes.Url,
            v => UrlText.Parse(((CelString)v[0]).Value) is { } url ? new CelOpaque(LibraryTypes.Url, url) : Failed(((CelString)v[0]).Value)),
        Global("isURL", "is_url_string", [CelType.String], CelType.Bool, v => CelBool.Of(UrlText.Parse(((CelString)v[0]).Value) is not null)),
        Part("getScheme", u => u.Scheme), Part("getHost", u => u.Host), Part("getHostname", u => u.Hostname), Part("getPort", u => u.Port),
        Part("getEscapedPath", u => u.Path),
        Member("getQuery", "url_get_query", [LibraryTypes.Url], CelType.Map(CelType.String, ListOfString), v => Query((UrlText)((CelOpaque)v[0]).Value)),
    ];

    private static CelOverload Part(string name, Func<UrlText, string> part) =>
        Member(name, "url_" + name, [LibraryTypes.Url], CelType.String, v => new CelString(part((UrlText)((CelOpaque)v[0]).Value)));

    private static CelError Failed(string text) => new($"URL parse error during conversion from string: parse \"{text}\": invalid URI for request");

    private static CelDictionary Query(UrlText url) => new(
        url.Query.GroupBy(p => p.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create<CelValue, CelValue>(new CelString(g.Key), CelValue.From(g.Select(p => p.Value)))));
}
