using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Streaming.PortForward;
using Platform.Streaming.RemoteCommand;

namespace Platform.Streaming.Tests;

/// <summary>
/// A real Kestrel that plays node agent and container runtime: <c>/exec</c> and <c>/portForward</c> are served from <c>/runtime/…</c> as the
/// node agent serves them from containerd. The runtime's command echoes its input in upper case, its size to stderr, and ends with code 3.
/// It also answers what kubectl asks an API server first.
/// </summary>
internal sealed class StreamingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StreamingServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<StreamingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Map("/exec", ExecAsync);
        app.Map("/api/v1/namespaces/default/pods/p/exec", ExecAsync);
        app.Map("/runtime/exec", RunCommandAsync);
        app.Map("/portForward", PortForwardAsync);
        app.Map("/api/v1/namespaces/default/pods/p/portforward", PortForwardAsync);
        app.Map("/runtime/portForward", ForwardAsync);
        MapDiscovery(app);
        await app.StartAsync();
        return new StreamingServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Uri Runtime(HttpContext http, string path) => new($"http://{http.Request.Host}/runtime/{path}{http.Request.QueryString}");

    private static async Task ExecAsync(HttpContext http)
    {
        var options = RemoteCommandOptions.FromQuery(http.Request.Query)!;
        if (await RemoteCommandEndpoint.AcceptAsync(http, options, TimeProvider.System) is not { } session)
            return;
        await using (session)
            await RemoteCommandClient.RunAsync(Runtime(http, "exec"), options, session);
    }

    private static async Task RunCommandAsync(HttpContext http)
    {
        var options = RemoteCommandOptions.FromQuery(http.Request.Query)!;
        await using var session = (await RemoteCommandEndpoint.AcceptAsync(http, options, TimeProvider.System))!;
        var size = 0;
        var buffer = new byte[4096];
        if (options.Tty)
        {
            await foreach (var terminal in session.ResizesAsync())
            {
                await session.Stdout!.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{terminal.Width}x{terminal.Height}"));
                break;
            }
        }

        while (session.Stdin is not null && await session.Stdin.ReadAsync(buffer) is > 0 and var read)
        {
            size += read;
            for (var i = 0; i < read; i++)
                buffer[i] = (byte)char.ToUpperInvariant((char)buffer[i]);
            await session.Stdout!.WriteAsync(buffer.AsMemory(0, read));
        }

        if (session.Stderr is not null)
            await session.Stderr.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{size} bytes"));
        await session.CompleteAsync(RemoteCommandStatus.Exit(3));
    }

    private static async Task PortForwardAsync(HttpContext http)
    {
        if (await PortForwardEndpoint.AcceptAsync(http) is not { } session)
            return;
        await using (session)
            await PortForwardClient.RunAsync(Runtime(http, "portForward"), session);
    }

    private static async Task ForwardAsync(HttpContext http)
    {
        await using var session = (await PortForwardEndpoint.AcceptAsync(http))!;
        await foreach (var connection in session.AcceptAsync())
            _ = EchoAsync(connection);
    }

    private static async Task EchoAsync(ForwardedConnection connection)
    {
        await using var closing = connection;
        if (connection.Port == 1)
        {
            await connection.Error.WriteAsync("refused"u8.ToArray());
            return;
        }

        await connection.Data.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{connection.Port}:"));
        await connection.Data.CopyToAsync(connection.Data);
    }

    private static void MapDiscovery(WebApplication app)
    {
        const string Pod =
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"default","uid":"1"},
             "spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running"}}
            """;
        const string Resources =
            """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get"]}]}
            """;
        IResult Json(string text) => Results.Text(text, "application/json");
        app.MapGet("/api", () => Json("""{"kind":"APIVersions","versions":["v1"]}"""));
        app.MapGet("/apis", () => Json("""{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"""));
        app.MapGet("/api/v1", () => Json(Resources));
        app.MapGet("/api/v1/namespaces/default/pods/p", () => Json(Pod));
    }
}
