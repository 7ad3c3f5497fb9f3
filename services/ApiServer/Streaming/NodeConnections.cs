using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Streaming;

/// <summary>
/// HTTPS to node agents with the API server's client certificate. An agent proves which node it is by its certificate's common name rather than by the
/// address, since nodes may share one or change it.
/// </summary>
internal sealed class NodeConnections(IObjectReader reader, ClusterIdentityFiles identities, TimeProvider time) : IDisposable
{
    private const int DefaultAgentPort = 10250;
    private const int ConnectionsPerNode = 1_024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Certificates are read again after this time, so that renewed ones are used.</summary>
    private static readonly TimeSpan CertificateRefresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);

    /// <summary>The node and the base of its agent's URLs.</summary>
    /// <exception cref="ApiException">The node does not exist or has no address.</exception>
    public Uri AgentOf(string nodeName)
    {
        var node = reader.Find<Node>(null, nodeName) ?? throw ApiErrors.NotFound("", "nodes", nodeName);
        var addresses = node.Status?.Addresses ?? [];
        var address = (addresses.FirstOrDefault(a => a.Type == "InternalIP") ?? addresses.FirstOrDefault(a => a.Type == "Hostname"))?.Address
            ?? throw ApiErrors.Internal($"no preferred addresses found for node \"{nodeName}\"");
        var port = node.Status?.DaemonEndpoints?.KubeletEndpoint?.Port ?? DefaultAgentPort;
        return new UriBuilder(Uri.UriSchemeHttps, address, port).Uri;
    }

    /// <summary>Sends a request to a node's agent and returns when its headers are there; the body is a stream, both ways where the agent switched protocols.</summary>
    public async Task<HttpResponseMessage> SendAsync(string nodeName, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await To(nodeName).SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw ApiErrors.Internal($"error dialing node {nodeName}: {e.InnerException?.Message ?? e.Message}");
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values)
            connection.Invoker.Dispose();
    }

    /// <summary>Connections to a node's agent. One that is replaced stays open for the streams that use it; its idle connections end by themselves.</summary>
    public HttpMessageInvoker To(string node)
    {
        var now = time.GetUtcNow();
        return _connections.AddOrUpdate(
            node,
            name => new(new HttpMessageInvoker(Handler(name)), now),
            (name, known) => now - known.LoadedAt < CertificateRefresh ? known : new(new HttpMessageInvoker(Handler(name)), now)).Invoker;
    }

    private SocketsHttpHandler Handler(string node)
    {
        var authority = identities.LoadAuthority();
        var identity = ComponentIdentity.Node(node);
        var client = identities.LoadClient(ComponentIdentity.ApiServer);
        return new()
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            MaxConnectionsPerServer = ConnectionsPerNode,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = new()
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(client, null, offline: true),
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate is X509Certificate2 peer
                    && CertificateVerifier.IsSignedBy(peer, authority, time.GetUtcNow())
                    && peer.GetNameInfo(X509NameType.SimpleName, false) == identity.User,
            },
        };
    }

    private sealed record Connection(HttpMessageInvoker Invoker, DateTimeOffset LoadedAt);
}
