using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing;

namespace Platform.Clients.Tests;

/// <summary>A node agent that runs nothing: it has one line of logs, and prints each command instead of running it. What clients meet on the way there is real.</summary>
internal sealed class StandInAgent : IAsyncDisposable
{
    public const string Node = "stand-in";

    private const byte Output = 1;
    private const byte Outcome = 3;

    private readonly WebApplication _web;

    private StandInAgent(WebApplication web) => _web = web;

    public int Port => new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static async Task<StandInAgent> StartAsync(TestApiServer server)
    {
        server.Identities.EnsureNode(server.Settings, Node);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.UseHttps(https =>
        {
            https.ServerCertificate = server.Identities.LoadNodeServing(Node);
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        var web = builder.Build();
        web.UseWebSockets();
        web.Run(AnswerAsync);
        await web.StartAsync();
        return new(web);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static Task AnswerAsync(HttpContext context) => context.Request.Path.Value!.Split('/')[1] switch
    {
        "containerLogs" => context.Response.WriteAsync("a line of the log\n"),
        "exec" => ExecAsync(context),
        _ => context.Response.WriteAsync("ok"),
    };

    private static async Task ExecAsync(HttpContext context)
    {
        var protocol = context.WebSockets.WebSocketRequestedProtocols.First(p => p is "v5.channel.k8s.io" or "v4.channel.k8s.io");
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        await SendAsync(socket, Output, string.Join(' ', context.Request.Query["command"].ToArray()) + "\n");
        await SendAsync(socket, Outcome, """{"metadata":{},"status":"Success"}""");
        // Without waiting for the answer: clients such as Python's see what is left only when the connection ends.
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static Task SendAsync(WebSocket socket, byte channel, string text) =>
        socket.SendAsync(new byte[] { channel }.Concat(Encoding.UTF8.GetBytes(text)).ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
}
