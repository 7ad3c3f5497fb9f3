using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Platform.Streaming.WebSockets;

/// <summary>
/// Several channels over one WebSocket: the first byte of a message is the channel's number, or in the base64 variants its digit, with
/// the rest as text. One reader; writers take turns.
/// </summary>
internal sealed class ChannelSocket(WebSocket socket, bool base64)
{
    private const int MaxMessage = 1024 * 1024; // bytes
    private const int ReadSize = 16 * 1024; // bytes
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The next message; null where the peer closed or is lost.</summary>
    public async ValueTask<(byte Channel, ReadOnlyMemory<byte> Data)?> ReadAsync(CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var buffer = new byte[ReadSize];
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null; // lost without a close; for a session the same
            }

            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, received.Count);
            if (message.Length > MaxMessage)
                throw new IOException("the WebSocket message is too large");
            if (!received.EndOfMessage)
                continue;
            if (Decode(message.ToArray()) is { } decoded)
                return decoded;
            message.SetLength(0); // empty messages are keep-alives
        }
    }

    public async ValueTask WriteAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        byte[] message = base64
            ? Encoding.ASCII.GetBytes(channel.ToString(CultureInfo.InvariantCulture) + Convert.ToBase64String(data.Span))
            : [channel, .. data.Span];
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var type = base64 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            await socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
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

    /// <summary>Says that nothing more comes.</summary>
    public async Task CloseAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        using var timeout = new CancellationTokenSource(CloseTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, either.Token);
        }
        catch (WebSocketException exception)
        {
            throw new IOException("the WebSocket was lost", exception);
        }
    }

    private (byte Channel, ReadOnlyMemory<byte> Data)? Decode(byte[] message)
    {
        if (message.Length == 0)
            return null;
        if (!base64)
            return (message[0], message.AsMemory(1));
        try
        {
            return ((byte)(message[0] - '0'), Convert.FromBase64String(Encoding.ASCII.GetString(message, 1, message.Length - 1)));
        }
        catch (FormatException exception)
        {
            throw new IOException("the WebSocket message is not base64", exception);
        }
    }
}
