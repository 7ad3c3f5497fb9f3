using Yarp.ReverseProxy.Forwarder;

namespace Platform.ApiServer.Proxying;

/// <summary>What is changed in a forwarded request and its answer. One per request.</summary>
internal abstract class ProxyTransformer(Uri target) : HttpTransformer
{
    /// <summary>Where the request goes.</summary>
    protected Uri Target => target;

    /// <summary>Whether HTTP/2 may be used over TLS.</summary>
    public virtual bool AllowsHttp2 => true;

    /// <summary>Text to answer with (502) in place of what the other server said.</summary>
    public string? Replacement { get; protected set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = Target;
        proxyRequest.Headers.Host = null;
        // Credentials are for this server alone.
        proxyRequest.Headers.Remove("Authorization");
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase))
                proxyRequest.Headers.Remove(name);
        }

        Change(httpContext, proxyRequest);
    }

    protected virtual void Change(HttpContext context, HttpRequestMessage message)
    {
    }
}
