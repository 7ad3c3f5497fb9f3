using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Streaming.Spdy;

namespace Platform.Streaming.PortForward;

/// <summary>
/// Pairs the SPDY streams that a client opens, an error and a data stream for each connection, in either order, by request id. What makes no
/// sense is reset; the rest goes on.
/// </summary>
public sealed class SpdyPortForwardSession(SpdyConnection connection) : IPortForwardSession
{
    private const int MaxUnpaired = 256; // streams whose other half has not come
    private readonly Dictionary<string, SpdyStream> _unpaired = [];

    /// <inheritdoc/>
    public CancellationToken Disconnected => connection.Closed;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ForwardedConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stream in connection.AcceptStreamsAsync(cancellationToken))
        {
            if (Pair(stream) is { } pair)
                yield return pair;
            else if (!_unpaired.ContainsValue(stream))
                stream.Reset(ResetStatus.RefusedStream);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private ForwardedConnection? Pair(SpdyStream stream)
    {
        var type = stream.Headers.GetValueOrDefault(PortForwardProtocol.StreamType);
        var text = stream.Headers.GetValueOrDefault(PortForwardProtocol.Port);
        if (type is not (PortForwardProtocol.Data or PortForwardProtocol.Error))
            return null;
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            return null;

        // Old clients send no request id; there the error stream always comes right before its data stream, so that ids differ by two.
        var id = stream.Headers.GetValueOrDefault(PortForwardProtocol.RequestId)
            ?? (type == PortForwardProtocol.Error ? stream.Id : stream.Id - 2).ToString(CultureInfo.InvariantCulture);
        if (!_unpaired.Remove(id, out var other))
        {
            if (_unpaired.Count < MaxUnpaired)
                _unpaired[id] = stream;
            return null;
        }

        if (other.Headers.GetValueOrDefault(PortForwardProtocol.StreamType) == type)
            return null;
        return type == PortForwardProtocol.Data ? new(port, id, stream, other) : new(port, id, other, stream);
    }
}
