using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Streaming.WebSockets;

/// <summary>
/// Accepts a WebSocket by hand (RFC 6455, section 4.2.2): ASP.NET Core refuses the subprotocol <c>SPDY/3.1+portforward.k8s.io</c>, since a slash
/// must not be in such a name, but it is what kubectl asks for.
/// </summary>
internal static class WebSocketHandshake
{
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>Answers a request that asks for a WebSocket with 101 and the subprotocol.</summary>
    public static async Task<WebSocket> AcceptAsync(HttpContext http, string subProtocol)
    {
        var key = http.Request.Headers.SecWebSocketKey.ToString();
        var accept = SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)); // named by the RFC; proves nothing but that this is a WebSocket server
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(accept);
        http.Response.Headers.SecWebSocketProtocol = subProtocol;
        var transport = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(transport, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = KeepAlive });
    }
}
