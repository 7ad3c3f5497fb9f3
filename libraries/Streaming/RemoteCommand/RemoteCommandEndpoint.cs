using Microsoft.AspNetCore.Http;
using Platform.Streaming.Upgrade;

namespace Platform.Streaming.RemoteCommand;

/// <summary>
/// The server side of exec and attach on ASP.NET Core. The application must have called <c>UseWebSockets()</c>. In a handler:
/// <code>
/// if (RemoteCommandOptions.FromQuery(http.Request.Query) is not { } options) ... 400
/// if (await RemoteCommandEndpoint.AcceptAsync(http, options, clock) is not { } session) return; // has been answered
/// await using (session) await RemoteCommandClient.RunAsync(urlOfRuntime, options, session);
/// </code>
/// </summary>
public static class RemoteCommandEndpoint
{
    /// <summary>Upgrades the request to what the client asks for. Null where that failed; the client has its answer then.</summary>
    /// <exception cref="IOException">The client went away while its streams were set up.</exception>
    public static async Task<IRemoteCommandSession?> AcceptAsync(HttpContext http, RemoteCommandOptions options, TimeProvider clock)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            var wanted = http.WebSockets.WebSocketRequestedProtocols;
            var chosen = wanted.Count == 0 ? null : wanted.FirstOrDefault(RemoteCommandProtocol.OverWebSocket.Contains);
            if (wanted.Count > 0 && chosen is null)
            {
                await RefuseAsync(http, $"none of the protocols [{string.Join(' ', wanted)}] is known");
                return null;
            }

            var socket = await http.WebSockets.AcceptWebSocketAsync(chosen);
            return await WebSocketRemoteCommandSession.StartAsync(
                socket, chosen ?? RemoteCommandProtocol.Channel, options, clock, http.RequestAborted);
        }

        if (SpdyUpgrade.IsRequested(http.Request))
        {
            if (await SpdyUpgrade.AcceptAsync(http, RemoteCommandProtocol.OverSpdy, RemoteCommandProtocol.Channel) is not var (connection, protocol))
                return null;
            return await SpdyRemoteCommandSession.AcceptAsync(connection, protocol, options, clock, http.RequestAborted);
        }

        await RefuseAsync(http, "Upgrade request required");
        return null;
    }

    internal static Task RefuseAsync(HttpContext http, string message)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsync(message);
    }
}
