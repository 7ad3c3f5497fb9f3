using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Streaming;

/// <summary>
/// <c>pods/log</c>, <c>exec</c>, <c>attach</c> and <c>portforward</c>: finds the pod's node and hands the request on to its agent. Logs are copied and flushed as they
/// arrive. For the others the agent and the client agree on a protocol (WebSocket or SPDY) by themselves; once the agent has switched, the server
/// only moves bytes, through buffers of fixed size, until either end closes.
/// </summary>
internal sealed class PodStreamHandler(
    IObjectReader reader, WatchCaches caches, NodeConnections nodes, ResourceRegistry registry, AdmissionChain admission) : IRequestHandler
{
    // Of the connection, not of the request; the tunnel's own are set anew.
    private static readonly string[] NotForwarded = ["Host", "Authorization", "Content-Length", "Transfer-Encoding", "Cookie", "TE"];

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info is not { Resource: "pods", Group: "", Name.Length: > 0 })
            return null;
        var method = context.Request.Method;
        return request.Info.Subresource switch
        {
            "log" when HttpMethods.IsGet(method) => LogAsync(context, request.Info),
            "exec" or "attach" or "portforward" when HttpMethods.IsGet(method) || HttpMethods.IsPost(method) => TunnelAsync(context, request),
            _ => null,
        };
    }

    private async Task LogAsync(HttpContext context, RequestInfo info)
    {
        LogOptions.Check(info.Name, context.Request.Query);
        var pod = await FindAsync(info, context.RequestAborted);
        var path = PodStreamTarget.PathAndQuery(pod, "log", context.Request.Query);
        context.Response.ContentType = "text/plain";
        if (string.IsNullOrEmpty(pod.Spec?.NodeName))
            return;
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(nodes.AgentOf(pod.Spec.NodeName), path));
        using var answer = await nodes.SendAsync(pod.Spec.NodeName, message, context.RequestAborted);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw await AgentFailure.FromAsync(answer, info, context.RequestAborted);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await context.Response.StartAsync(context.RequestAborted);
        await ByteTunnel.CopyAsync(body, context.Response.Body, context.RequestAborted);
    }

    private async Task TunnelAsync(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        await admission.ConnectAsync(context, request, registry.Of<Pod>(), PodStreamTarget.Options(info.Subresource, context.Request.Query));
        var pod = await FindAsync(info, context.RequestAborted);
        var path = PodStreamTarget.PathAndQuery(pod, info.Subresource, context.Request.Query);
        if (string.IsNullOrEmpty(pod.Spec?.NodeName))
            throw ApiErrors.BadRequest($"pod {info.Name} does not have a host assigned");
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
            throw ApiErrors.BadRequest("Upgrade request required");

        using var message = new HttpRequestMessage(new(context.Request.Method), new Uri(nodes.AgentOf(pod.Spec.NodeName), path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase))
                message.Headers.TryAddWithoutValidation(name, [.. values.OfType<string>().Where(v => !IsToken(v))]);
        }

        using var answer = await nodes.SendAsync(pod.Spec.NodeName, message, context.RequestAborted);
        if (answer.StatusCode != HttpStatusCode.SwitchingProtocols)
            throw await AgentFailure.FromAsync(answer, info, context.RequestAborted);
        foreach (var (name, values) in answer.Headers)
            context.Response.Headers[name] = values.ToArray();
        await using var agent = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await using var client = await upgrade.UpgradeAsync();
        await ByteTunnel.RunAsync(client, agent, context.RequestAborted);
    }

    // Browsers have no other way to send a bearer token with a WebSocket; the agent must not see it.
    private static bool IsToken(string value) => value.StartsWith("base64url.bearer.authorization.k8s.io.", StringComparison.Ordinal);

    private async ValueTask<Pod> FindAsync(RequestInfo info, CancellationToken cancellationToken)
    {
        await caches.FreshAsync(cancellationToken);
        return reader.Find<Pod>(info.Namespace, info.Name) ?? throw ApiErrors.NotFound("", "pods", info.Name);
    }
}
