namespace Platform.Streaming.PortForward;

/// <summary>
/// A client's port-forward as the node agent sees it, whatever carries it (SPDY, or SPDY through a WebSocket). Take one from
/// <see cref="PortForwardEndpoint.AcceptAsync"/>; <see cref="PortForwardClient.RunAsync"/> serves it from a container runtime.
/// </summary>
public interface IPortForwardSession : IAsyncDisposable
{
    /// <summary>Ends when the client is gone.</summary>
    CancellationToken Disconnected { get; }

    /// <summary>The connections that the client opens, as they come, until it goes.</summary>
    IAsyncEnumerable<ForwardedConnection> AcceptAsync(CancellationToken cancellationToken = default);
}

/// <summary>One connection to one port. Disposing it finishes both streams.</summary>
/// <param name="Port">Port in the pod.</param>
/// <param name="RequestId">The client's name for this connection; pairs the two streams.</param>
/// <param name="Data">Bytes to and from the port; finish this side with <see cref="Spdy.SpdyStream.CompleteWritesAsync"/>.</param>
/// <param name="Error">Words for the user where forwarding failed.</param>
public sealed record ForwardedConnection(int Port, string RequestId, Spdy.SpdyStream Data, Spdy.SpdyStream Error) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        await Error.DisposeAsync();
    }
}
