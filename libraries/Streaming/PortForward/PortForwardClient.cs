using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;

namespace Platform.Streaming.PortForward;

/// <summary>Serves a client's port-forward from the URL that a container runtime's PortForward call returned.</summary>
public static class PortForwardClient
{
    private const int CopySize = 16 * 1024; // bytes

    /// <summary>Connects each of the client's connections with the runtime until the client is gone.</summary>
    /// <exception cref="IOException">The runtime refuses.</exception>
    public static async Task RunAsync(Uri url, IPortForwardSession session, CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Disconnected);
        var (runtime, _) = await SpdyUpgrade.ConnectAsync(url, [PortForwardProtocol.Name], cancellationToken: ending.Token);
        await using (runtime)
            await ServeAsync(runtime, session, ending.Token);
    }

    /// <summary>As <see cref="RunAsync"/>, over an open connection to the runtime.</summary>
    internal static async Task ServeAsync(SpdyConnection runtime, IPortForwardSession session, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, runtime.Closed);
        var open = new ConcurrentDictionary<Task, byte>(); // bounded by the streams that the session's connection allows
        try
        {
            await foreach (var connection in session.AcceptAsync(ending.Token))
            {
                var forwarding = ForwardAsync(runtime, connection, ending.Token);
                open.TryAdd(forwarding, 0);
                _ = forwarding.ContinueWith(ended => open.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("the container runtime closed the connection");
        }
        catch (OperationCanceledException)
        {
            return; // the client is gone: the ordinary end
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(open.Keys);
        }
    }

    private static async Task ForwardAsync(SpdyConnection runtime, ForwardedConnection client, CancellationToken cancellationToken)
    {
        await using var closing = client;
        try
        {
            await using var error = await OpenAsync(runtime, client, PortForwardProtocol.Error, cancellationToken);
            await using var data = await OpenAsync(runtime, client, PortForwardProtocol.Data, cancellationToken);
            await error.CompleteWritesAsync(cancellationToken); // only the runtime has something to say there
            using var portClosed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var upload = CopyAsync(client.Data, data, portClosed.Token);
            await Task.WhenAll(CopyAsync(data, client.Data, cancellationToken), CopyAsync(error, client.Error, cancellationToken));
            await portClosed.CancelAsync(); // what the client still sends has no taker
            await upload;
        }
        catch (IOException exception) when (!cancellationToken.IsCancellationRequested)
        {
            await TellAsync(client.Error, $"an error occurred forwarding {client.Port}: {exception.Message}", cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return; // either side is gone, with all its connections
        }
    }

    private static Task<SpdyStream> OpenAsync(SpdyConnection runtime, ForwardedConnection client, string type, CancellationToken cancellationToken) =>
        runtime.OpenStreamAsync(new Dictionary<string, string>
        {
            [PortForwardProtocol.StreamType] = type,
            [PortForwardProtocol.Port] = client.Port.ToString(CultureInfo.InvariantCulture),
            [PortForwardProtocol.RequestId] = client.RequestId,
        }, cancellationToken);

    private static async Task CopyAsync(SpdyStream from, SpdyStream to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, CopySize, cancellationToken);
            await to.CompleteWritesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return; // the other side reads no more: the connection's other direction ends it
        }
    }

    private static async Task TellAsync(SpdyStream error, string message, CancellationToken cancellationToken)
    {
        try
        {
            await error.WriteAsync(Encoding.UTF8.GetBytes(message), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return; // nobody to tell
        }
    }
}
