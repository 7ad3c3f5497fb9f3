using System.Globalization;
using System.Text;
using Platform.Api.Authentication.V1;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>Tells an extension server for whom a request is, and keeps its redirects from the client, whom they could send anywhere with its credentials.</summary>
internal sealed class FrontProxyTransformer(Uri destination, UserInfo user) : ProxyTransformer(destination)
{
    public const string UserHeader = "X-Remote-User";
    public const string GroupHeader = "X-Remote-Group";
    public const string ExtraPrefix = "X-Remote-Extra-";

    public override bool AllowsHttp2 => false;

    protected override void Change(HttpContext context, HttpRequestMessage message) => Identify(message, user);

    /// <summary>Sets the headers that name the user.</summary>
    public static void Identify(HttpRequestMessage message, UserInfo user)
    {
        message.Headers.TryAddWithoutValidation(UserHeader, user.Username ?? "");
        if (user.Groups is { Count: > 0 })
            message.Headers.TryAddWithoutValidation(GroupHeader, HeaderLines.Join(GroupHeader, user.Groups));
        foreach (var (key, values) in user.Extra ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            var name = ExtraPrefix + Escape(key);
            message.Headers.TryAddWithoutValidation(name, HeaderLines.Join(name, values));
        }

    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null || (int)proxyResponse.StatusCode is < 300 or > 399 || proxyResponse.Headers.Location is null)
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        Replacement = "the backend attempted to redirect this request, which is not permitted";
        return false;
    }

    /// <summary>The name of a header has fewer characters than a key may have; all others are percent-encoded, byte by byte.</summary>
    private static string Escape(string key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            var isPlain = value < 128 && (char.IsAsciiLetterOrDigit((char)value) || "!#$&'*+-.^_`|~".Contains((char)value, StringComparison.Ordinal));
            text.Append(isPlain ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{value:X2}"));
        }

        return text.ToString();
    }
}
