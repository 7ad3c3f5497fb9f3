using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.Streaming.Spdy;

namespace Platform.Streaming.Upgrade;

/// <summary>
/// How a request becomes a SPDY connection, on both sides: <c>Upgrade: SPDY/3.1</c>, the wanted protocols each in a header
/// <c>X-Stream-Protocol-Version</c>, and in the 101 response the one that was chosen.
/// </summary>
public static class SpdyUpgrade
{
    private const string Spdy = "SPDY/3.1";
    private const string ProtocolHeader = "X-Stream-Protocol-Version";
    private const int MaxErrorText = 4096; // bytes of a refusal that are shown
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether a request asks for SPDY.</summary>
    public static bool IsRequested(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains(Spdy, StringComparison.OrdinalIgnoreCase)
        && request.HttpContext.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>
    /// Answers a request with 101 and starts SPDY in the server's role. Where no common protocol exists it answers 403 as the kubelet does,
    /// and returns null.
    /// </summary>
    /// <param name="protocols">What this side speaks. The client's order decides.</param>
    /// <param name="fallback">For clients that name none.</param>
    public static async Task<(SpdyConnection Connection, string Protocol)?> AcceptAsync(
        HttpContext http, IReadOnlyList<string> protocols, string fallback)
    {
        string[] wanted = [.. http.Request.Headers[ProtocolHeader]
            .SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])];
        var chosen = wanted.Length == 0 ? fallback : wanted.FirstOrDefault(protocols.Contains);
        if (chosen is null)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            foreach (var protocol in protocols)
                http.Response.Headers.Append("X-Accepted-Stream-Protocol-Versions", protocol);
            await http.Response.WriteAsync($"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', wanted)}], "
                + $"server accepts [{string.Join(' ', protocols)}]");
            return null;
        }

        http.Response.Headers.Upgrade = Spdy;
        if (wanted.Length > 0)
            http.Response.Headers[ProtocolHeader] = chosen;
        var transport = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return (SpdyConnection.Start(transport, isClient: false), chosen);
    }

    /// <summary>Asks a server for SPDY and starts it in the client's role.</summary>
    /// <param name="url">Such as the URL that a container runtime gives for an exec.</param>
    /// <param name="tls">Trust and certificate for https; null for the machine's.</param>
    /// <exception cref="IOException">The server cannot be reached or refuses; its words are in the message.</exception>
    public static async Task<(SpdyConnection Connection, string Protocol)> ConnectAsync(
        Uri url, IReadOnlyList<string> protocols, SslClientAuthenticationOptions? tls = null, CancellationToken cancellationToken = default)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        if (tls is not null)
            handler.SslOptions = tls;
        var http = new HttpMessageInvoker(handler);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Version = HttpVersion.Version11 };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd(Spdy);
        foreach (var protocol in protocols)
            request.Headers.Add(ProtocolHeader, protocol);
        try
        {
            var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                var chosen = response.Headers.TryGetValues(ProtocolHeader, out var values) ? values.First() : protocols[^1];
                var transport = await response.Content.ReadAsStreamAsync(cancellationToken);
                return (SpdyConnection.Start(new OwnedStream(transport, http), isClient: true), chosen);
            }

            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new IOException($"{url.Authority} refuses the upgrade with {(int)response.StatusCode}: {text[..Math.Min(text.Length, MaxErrorText)]}");
        }
        catch (HttpRequestException exception)
        {
            http.Dispose();
            throw new IOException(exception.Message, exception);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }
}
