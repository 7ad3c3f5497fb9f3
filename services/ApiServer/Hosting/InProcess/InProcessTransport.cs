using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Hosting.InProcess;

/// <summary>Where Kestrel "binds" for connections from the same process.</summary>
internal sealed class InProcessEndPoint : EndPoint
{
    public static readonly InProcessEndPoint Instance = new();

    public override string ToString() => "in-process";
}

/// <summary>
/// Connections between components in one process. The same requests take the same way through Kestrel and the pipeline as from outside, only without
/// sockets, TLS and copies through the kernel; so there is one code path and one behaviour, and a component cannot tell the difference.
/// HTTP/1.1 is spoken: a connection costs next to nothing here, watches do not share flow control, and upgrades work.
/// </summary>
internal sealed class InProcessTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector, IInProcessApi
{
    /// <summary>Connections that wait for the server to accept them.</summary>
    private const int Backlog = 512;

    /// <summary>Connections per identity; far above the number of watches of a component.</summary>
    private const int ConnectionsPerIdentity = 1_024;

    private readonly Channel<InProcessConnection> _arriving = Channel.CreateBounded<InProcessConnection>(Backlog);

    public bool CanBind(EndPoint endpoint) => endpoint is InProcessEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(_arriving));

    public HttpMessageHandler Connect(ComponentIdentity identity) => new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new InProcessConnection(identity);
            await _arriving.Writer.WriteAsync(connection, cancellationToken);
            return connection.ClientStream;
        },
        MaxConnectionsPerServer = ConnectionsPerIdentity,
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
    };

    private sealed class Listener(Channel<InProcessConnection> arriving) : IConnectionListener
    {
        public EndPoint EndPoint => InProcessEndPoint.Instance;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await arriving.Reader.WaitToReadAsync(cancellationToken))
            {
                if (arriving.Reader.TryRead(out var connection))
                    return connection;
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            arriving.Writer.TryComplete();
            return default;
        }

        public async ValueTask DisposeAsync()
        {
            arriving.Writer.TryComplete();
            while (arriving.Reader.TryRead(out var connection))
                await connection.DisposeAsync();
        }
    }
}
