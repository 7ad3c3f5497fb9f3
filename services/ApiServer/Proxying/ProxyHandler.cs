using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Proxying;

/// <summary><c>nodes/proxy</c>, <c>pods/proxy</c> and <c>services/proxy</c>: any method, any path below, upgrades included.</summary>
internal sealed class ProxyHandler(ResourceRegistry registry, WatchCaches caches, ProxyTargets targets, ProxyForwarder forwarder, AdmissionChain admission) : IRequestHandler
{
    private const string Segment = "/proxy";

    public Task? TryHandle(HttpContext context, ApiRequest request) =>
        request.Info is { Group: "", Version: "v1", Resource: "nodes" or "pods" or "services", Subresource: "proxy", Name.Length: > 0 } ? ProxyAsync(context, request) : null;

    private async Task ProxyAsync(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        var (prefix, rest) = Split(context, info);
        var definition = registry.Find("", "v1", info.Resource)!;
        await admission.ConnectAsync(context, request, definition, new JsonObject
        {
            ["kind"] = definition.Kind + "ProxyOptions",
            ["apiVersion"] = "v1",
            ["path"] = rest,
        });
        await caches.FreshAsync(context.RequestAborted);
        var (origin, invoker) = targets.Find(info);
        if (rest.Length == 0 && !IsUpgrade(context))
        {
            // Relative links of the page would otherwise lead out of it.
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = $"{prefix}/{context.Request.QueryString}";
            return;
        }

        var target = new Uri(origin, (rest.Length == 0 ? "/" : rest) + context.Request.QueryString);
        await forwarder.ForwardAsync(context, invoker, target, new SubresourceTransformer(target, prefix));
    }

    private static bool IsUpgrade(HttpContext context) => context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true;

    /// <summary>The path up to and with <c>/proxy</c>, and what is behind it, both as the client has escaped them.</summary>
    private static (string Prefix, string Path) Split(HttpContext context, RequestInfo info)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path.ToUriComponent();
        if (raw.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            raw = raw[..query];
        // /api/v1/nodes/{name}/proxy or /api/v1/namespaces/{namespace}/{resource}/{name}/proxy
        var segments = info.Resource == "nodes" ? 5 : 7;
        var at = 0;
        for (var i = 0; i < segments; i++)
            at = raw.IndexOf('/', at + 1) is >= 0 and var next ? next : raw.Length;
        return raw[..at].EndsWith(Segment, StringComparison.Ordinal) ? (raw[..at], raw[at..]) : (raw, "");
    }
}
