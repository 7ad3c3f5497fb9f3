using Microsoft.AspNetCore.Http.Features;
using Platform.ApiServer.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.ApiServer.Proxying;

/// <summary>Hands a request on to another server and its answer back, as streams, with upgrades (WebSocket, SPDY): YARP's forwarder with this server's rules.</summary>
internal sealed class ProxyForwarder(IHttpForwarder forwarder)
{
    /// <summary>After so long without a byte either way a forwarded request ends; watches last less.</summary>
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromHours(4);

    private static readonly ForwarderRequestConfig Secure = new()
    {
        ActivityTimeout = SilenceTimeout,
        Version = System.Net.HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    private static readonly ForwarderRequestConfig Plain = Secure with { Version = System.Net.HttpVersion.Version11 };

    /// <summary>Forwards a request. Where the other side cannot be reached the client gets 503 with the reason as text, as upstream.</summary>
    public async Task ForwardAsync(HttpContext context, HttpMessageInvoker invoker, Uri target, ProxyTransformer transformer)
    {
        // What goes through is bounded by its receiver, not by the size of objects here.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var config = target.Scheme == Uri.UriSchemeHttps && transformer.AllowsHttp2 ? Secure : Plain;
        var error = await forwarder.SendAsync(context, target.GetLeftPart(UriPartial.Authority), invoker, config, transformer, context.RequestAborted);
        if (context.Response.HasStarted)
            return;
        if (transformer.Replacement is { } replacement)
            await TextAsync(context, StatusCodes.Status502BadGateway, replacement);
        else if (error != ForwarderError.None && !context.RequestAborted.IsCancellationRequested)
            await TextAsync(context, StatusCodes.Status503ServiceUnavailable, "error trying to reach service: " + Reason(context));
    }

    /// <summary>An answer in plain text, which is what clients of a proxied server may expect.</summary>
    public static async Task TextAsync(HttpContext context, int code, string text)
    {
        AnswerHeaders.Restart(context.Response);
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Reason(HttpContext context) =>
        context.Features.Get<IForwarderErrorFeature>()?.Exception is { } failure ? BackendFailure.Describe(failure) : "no answer";
}
