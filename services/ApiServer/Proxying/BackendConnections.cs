using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Platform.ApiServer.Proxying;

/// <summary>
/// Connections to webhooks and extension servers, pooled per target. A target behind a service is resolved when a connection is made, so that a
/// rollout of its pods needs nothing here. What is not used for a while is forgotten; its idle connections close by themselves.
/// </summary>
internal sealed class BackendConnections(ServiceEndpoints endpoints, FrontProxyIdentity frontProxy, TimeProvider time)
{
    /// <summary>Targets that are remembered; beyond that those that were not used for the longest time go.</summary>
    private const int MostTargets = 1_024;

    private const int ConnectionsPerTarget = 256;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(90);

    /// <summary>So that certificates that were renewed and endpoints that moved are seen.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<BackendTarget, Pool> _pools = new();

    public HttpMessageInvoker To(BackendTarget target)
    {
        if (!_pools.TryGetValue(target, out var pool))
        {
            Trim();
            pool = _pools.GetOrAdd(target, t => new(new(Handler(t), disposeHandler: false)));
        }

        pool.UsedAt = time.GetTimestamp();
        return pool.Invoker;
    }

    private void Trim()
    {
        if (_pools.Count < MostTargets)
            return;
        // Not disposed, since requests may be under way on them.
        foreach (var (old, _) in _pools.OrderBy(p => p.Value.UsedAt).Take(MostTargets / 4))
            _pools.TryRemove(old, out _);
    }

    private SocketsHttpHandler Handler(BackendTarget target)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxConnectionsPerServer = ConnectionsPerTarget,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellation) => ConnectAsync(target, context, cancellation),
            SslOptions = new()
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = target.SkipsVerification ? (_, _, _, _) => true : new ServerCertificate(target.AuthorityBundle, time).Verify,
            },
        };
        if (target.IsFrontProxy)
        {
            handler.SslOptions.ClientCertificateContext = frontProxy.Certificate();
            handler.RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8;
            handler.PlaintextStreamFilter = (context, _) => new(new HeaderLineStream(context.PlaintextStream));
        }

        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(BackendTarget target, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var address = target.Service is { } service
            ? endpoints.Resolve(service.Namespace, service.Name, target.Origin.Port)
            : new(context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Pool(HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker { get; } = invoker;

        public long UsedAt { get; set; }
    }
}
