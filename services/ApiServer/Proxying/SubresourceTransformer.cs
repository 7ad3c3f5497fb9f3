namespace Platform.ApiServer.Proxying;

/// <summary>
/// For <c>nodes/proxy</c>, <c>pods/proxy</c> and <c>services/proxy</c>: what a web page there calls <c>/x</c> is <c>/api/v1/…/proxy/x</c> here, so
/// redirects are put under that path. Links inside of pages are not
/// changed, unlike upstream.
/// </summary>
internal sealed class SubresourceTransformer(Uri destination, string prefix) : ProxyTransformer(destination)
{
    // The page's own answer to who may read it from elsewhere would become this server's.
    private static readonly string[] CrossOrigin =
    [
        "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ];

    protected override void Change(HttpContext context, HttpRequestMessage message)
    {
        message.Headers.TryAddWithoutValidation("X-Forwarded-Uri", context.Request.Path.ToUriComponent());
        message.Headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
        message.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        foreach (var name in CrossOrigin)
            headers.Remove(name);
        if (proxyResponse?.Headers.Location is { } location)
            headers.Location = Rewrite(location, httpContext.Request.Host.Value);
        return hasBody;
    }

    private string Rewrite(Uri location, string? host)
    {
        if (location.IsAbsoluteUri && location.Authority != Target.Authority && location.Authority != host)
            return location.ToString();
        var path = location.IsAbsoluteUri ? location.PathAndQuery + location.Fragment : location.OriginalString;
        return path.StartsWith('/') && !path.StartsWith(prefix, StringComparison.Ordinal) ? prefix + path : path;
    }
}
