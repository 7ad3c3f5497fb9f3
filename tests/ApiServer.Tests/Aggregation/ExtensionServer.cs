using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Proxying;

namespace Platform.ApiServer.Tests.Aggregation;

/// <summary>A small extension server that serves <c>metrics.k8s.io/v1beta1</c> as a metrics server does.</summary>
internal sealed class ExtensionServer : IAsyncDisposable
{
    public const string Group = "metrics.k8s.io";
    public const string Name = "v1beta1.metrics.k8s.io";
    public const string Path = "/apis/metrics.k8s.io/v1beta1";

    private const string Resources = """
        {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"metrics.k8s.io/v1beta1","resources":[
        {"name":"nodes","singularName":"","namespaced":false,"kind":"NodeMetrics","verbs":["get","list"]},
        {"name":"pods","singularName":"","namespaced":true,"kind":"PodMetrics","verbs":["get","list"]}]}
        """;

    private const string Nodes = """{"kind":"NodeMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[{"metadata":{"name":"n1"}}]}""";

    public TlsServer Tls { get; private set; } = null!;

    /// <summary>Whether it answers at all but with failures.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Its OpenAPI 2 document; null where it has none, which answers 404.</summary>
    public string? OpenApi2 { get; set; }

    /// <summary>Path, user, groups, credential and name in the client certificate of each request.</summary>
    public ConcurrentQueue<(string Path, string User, string[] Groups, string Authorization, string Certificate)> Seen { get; } = new();

    /// <summary>Status codes with which the OpenAPI 2 document was answered.</summary>
    public ConcurrentQueue<int> Described { get; } = new();

    public static async Task<ExtensionServer> StartAsync()
    {
        var server = new ExtensionServer();
        server.Tls = await TlsServer.StartAsync(server.AnswerAsync, "metrics.kube-system.svc");
        return server;
    }

    public ValueTask DisposeAsync() => Tls.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Seen.Enqueue((
            request.Path + request.QueryString,
            request.Headers["X-Remote-User"].ToString(),
            [.. request.Headers["X-Remote-Group"].OfType<string>()],
            request.Headers.Authorization.ToString(),
            context.Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, false) ?? ""));
        if (IsBroken)
        {
            response.StatusCode = 500;
            return;
        }

        response.ContentType = "application/json";
        switch (request.Path.Value)
        {
            case Path:
                await response.WriteAsync(Resources);
                break;
            case "/openapi/v2":
                await DescribeAsync(context);
                break;
            case "/openapi/v3":
                await response.WriteAsync("""{"paths":{"apis/metrics.k8s.io/v1beta1":{"serverRelativeURL":"/openapi/v3/apis/metrics.k8s.io/v1beta1?hash=1"}}}""");
                break;
            case "/openapi/v3" + Path:
                await response.WriteAsync("""{"openapi":"3.0.0","info":{"title":"metrics"}}""");
                break;
            case Path + "/nodes":
                await response.WriteAsync(Nodes);
                break;
            case Path + "/nodes/away":
                response.Redirect("https://example.com/");
                break;
            case Path + "/nodes/socket":
                await EchoAsync(context);
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }

    private async Task DescribeAsync(HttpContext context)
    {
        if (OpenApi2 is not { } document)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(document)))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
            context.Response.StatusCode = 304;
        else
            await context.Response.WriteAsync(document);
        Described.Enqueue(context.Response.StatusCode);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
        await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
