using Microsoft.AspNetCore.Http;
using Platform.Streaming.RemoteCommand;
using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;
using Platform.Streaming.WebSockets;

namespace Platform.Streaming.PortForward;

/// <summary>
/// The server side of port-forward on ASP.NET Core. The application must have called <c>UseWebSockets()</c>. In a handler:
/// <code>
/// if (await PortForwardEndpoint.AcceptAsync(http) is not { } session) return; // has been answered
/// await using (session) await PortForwardClient.RunAsync(urlOfRuntime, session);
/// </code>
/// </summary>
public static class PortForwardEndpoint
{
    /// <summary>Upgrades the request to SPDY, directly or through a WebSocket. Null where that failed; the client has its answer then.</summary>
    public static async Task<IPortForwardSession?> AcceptAsync(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            if (!http.WebSockets.WebSocketRequestedProtocols.Contains(PortForwardProtocol.TunnelName))
            {
                await RemoteCommandEndpoint.RefuseAsync(http, $"only the protocol {PortForwardProtocol.TunnelName} is known");
                return null;
            }

            var socket = await WebSocketHandshake.AcceptAsync(http, PortForwardProtocol.TunnelName);
            return new SpdyPortForwardSession(SpdyConnection.Start(new WebSocketByteStream(socket), isClient: false));
        }

        if (SpdyUpgrade.IsRequested(http.Request))
        {
            return await SpdyUpgrade.AcceptAsync(http, [PortForwardProtocol.Name], PortForwardProtocol.Name) is var (connection, _)
                ? new SpdyPortForwardSession(connection)
                : null;
        }

        await RemoteCommandEndpoint.RefuseAsync(http, "Upgrade request required");
        return null;
    }
}
