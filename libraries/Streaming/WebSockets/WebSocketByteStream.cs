using System.Net.WebSockets;

namespace Platform.Streaming.WebSockets;

/// <summary>
/// A byte stream through a WebSocket's binary messages, whose borders mean nothing: how <c>SPDY/3.1+portforward.k8s.io</c> carries SPDY. Reading
/// ends when the peer closes or is lost.
/// </summary>
public sealed class WebSocketByteStream(WebSocket socket) : AsynchronousStream
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await socket.ReceiveAsync(buffer, cancellationToken);
            }
            catch (WebSocketException exception)
            {
                throw new IOException("the WebSocket was lost", exception);
            }

            if (received.MessageType == WebSocketMessageType.Close)
                return 0;
            if (received.Count > 0)
                return received.Count; // an empty message is not the end
        }

        return 0;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException exception)
        {
            throw new IOException("the WebSocket was lost", exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            socket.Dispose();
        base.Dispose(disposing);
    }
}
