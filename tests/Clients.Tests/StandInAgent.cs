using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Platform.Streaming.PortForward;
using Platform.Streaming.RemoteCommand;

namespace Platform.Clients.Tests;

/// <summary>
/// A node agent that runs nothing: it has one line of logs, prints each command and its input instead of running it, and on every port echoes what it is sent. What
/// clients meet on the way there is real, by WebSocket and by SPDY.
/// </summary>
internal sealed class StandInAgent : IAsyncDisposable
{
    public const string Node = "stand-in";

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
        "portForward" => PortForwardAsync(context),
        _ => context.Response.WriteAsync("ok"),
    };

    private static async Task ExecAsync(HttpContext context)
    {
        await using var session = await RemoteCommandEndpoint.AcceptAsync(context, RemoteCommandOptions.FromQuery(context.Request.Query)!, TimeProvider.System);
        if (session is null)
            return;
        string[] command = [.. context.Request.Query["command"].OfType<string>()];
        await session.Stdout!.WriteAsync(Encoding.UTF8.GetBytes(string.Join(' ', command) + "\n"));
        if (session.Stdin is not null)
            await session.Stdin.CopyToAsync(session.Stdout);
        await session.CompleteAsync(command is ["exit", var code] ? RemoteCommandStatus.Exit(int.Parse(code)) : RemoteCommandStatus.Success);
    }

    private static async Task PortForwardAsync(HttpContext context)
    {
        await using var session = await PortForwardEndpoint.AcceptAsync(context);
        if (session is null)
            return;
        await foreach (var connection in session.AcceptAsync(context.RequestAborted))
        {
            await using (connection)
            {
                await connection.Data.CopyToAsync(connection.Data);
                await connection.Data.CompleteWritesAsync();
            }
        }
    }
}
