using System.Runtime.CompilerServices;
using Platform.Streaming.Spdy;

namespace Platform.Streaming.RemoteCommand;

/// <summary>
/// A session over SPDY, each stream a SPDY stream that the client opens: error always, stdin, stdout and stderr as asked for, resize with a
/// terminal. The session begins when all have come.
/// </summary>
public sealed class SpdyRemoteCommandSession : IRemoteCommandSession
{
    /// <summary>A client that has not opened its streams by then is cut off.</summary>
    private static readonly TimeSpan StreamCreationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to read the end of its streams before the connection is closed under it.</summary>
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(5);

    private readonly SpdyConnection _connection;
    private readonly string _protocol;
    private readonly Dictionary<string, SpdyStream> _streams;
    private readonly TimeProvider _clock;

    private SpdyRemoteCommandSession(SpdyConnection connection, string protocol, Dictionary<string, SpdyStream> streams, TimeProvider clock)
    {
        _connection = connection;
        _protocol = protocol;
        _streams = streams;
        _clock = clock;
    }

    /// <inheritdoc/>
    public Stream? Stdin => _streams.GetValueOrDefault(RemoteCommandProtocol.Stdin);

    /// <inheritdoc/>
    public Stream? Stdout => _streams.GetValueOrDefault(RemoteCommandProtocol.Stdout);

    /// <inheritdoc/>
    public Stream? Stderr => _streams.GetValueOrDefault(RemoteCommandProtocol.Stderr);

    /// <inheritdoc/>
    public CancellationToken Disconnected => _connection.Closed;

    /// <summary>Takes the client's streams from a connection, which the session owns from then on.</summary>
    /// <exception cref="IOException">The client went away or did not open what it announced.</exception>
    public static async Task<SpdyRemoteCommandSession> AcceptAsync(
        SpdyConnection connection, string protocol, RemoteCommandOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var expected = new HashSet<string> { RemoteCommandProtocol.Error };
        if (options.Stdin)
            expected.Add(RemoteCommandProtocol.Stdin);
        if (options.Stdout)
            expected.Add(RemoteCommandProtocol.Stdout);
        if (options.Stderr)
            expected.Add(RemoteCommandProtocol.Stderr);
        if (options.Tty && RemoteCommandProtocol.HasResize(protocol))
            expected.Add(RemoteCommandProtocol.Resize);

        using var timeout = new CancellationTokenSource(StreamCreationTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var streams = new Dictionary<string, SpdyStream>();
        try
        {
            await foreach (var stream in connection.AcceptStreamsAsync(either.Token))
            {
                var type = stream.Headers.GetValueOrDefault(RemoteCommandProtocol.StreamType) ?? string.Empty;
                if (!expected.Remove(type))
                    stream.Reset(ResetStatus.RefusedStream);
                else
                    streams[type] = stream;
                if (expected.Count == 0)
                    return new SpdyRemoteCommandSession(connection, protocol, streams, clock);
            }
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw new IOException($"the client did not open its streams: {string.Join(", ", expected)}", exception);
        }

        throw new IOException("the client went away before it opened its streams");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TerminalSize> ResizesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!_streams.TryGetValue(RemoteCommandProtocol.Resize, out var stream))
            yield break;
        await foreach (var size in TerminalSize.ReadAllAsync(stream, cancellationToken))
            yield return size;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(RemoteCommandStatus status, CancellationToken cancellationToken = default)
    {
        var error = _streams[RemoteCommandProtocol.Error];
        if (RemoteCommandProtocol.EncodeStatus(_protocol, status) is { } bytes)
            await error.WriteAsync(bytes, cancellationToken);
        foreach (var stream in _streams.Values)
            await stream.CompleteWritesAsync(cancellationToken);
        await _connection.GoAwayAsync(cancellationToken);

        // The client closes when it has read everything. To close first could destroy what is still on the way to it.
        await Task.Delay(FarewellTimeout, _clock, _connection.Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
