using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Streaming.WebSockets;

namespace Platform.Streaming.RemoteCommand;

/// <summary>
/// A session over the channels of a WebSocket: 0 stdin, 1 stdout, 2 stderr, 3 error, 4 resize. Since a WebSocket cannot be half closed, v5
/// adds channel 255, whose one byte names a channel that its sender has finished.
/// </summary>
public sealed class WebSocketRemoteCommandSession : IRemoteCommandSession
{
    private const byte StdinChannel = 0;
    private const byte StdoutChannel = 1;
    private const byte StderrChannel = 2;
    private const byte ErrorChannel = 3;
    private const byte ResizeChannel = 4;
    private const byte CloseChannel = 255;
    private const int MaxBufferedInput = 128 * 1024; // bytes; then the socket is not read
    private const int MaxPendingResizes = 16; // only the newest matter

    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly ChannelSocket _channels;
    private readonly string _protocol;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disconnected = new();
    private readonly Pipe _stdin = new(new PipeOptions(
        pauseWriterThreshold: MaxBufferedInput, resumeWriterThreshold: MaxBufferedInput / 2, useSynchronizationContext: false));

    private readonly Channel<TerminalSize> _resizes = Channel.CreateBounded<TerminalSize>(
        new BoundedChannelOptions(MaxPendingResizes) { FullMode = BoundedChannelFullMode.DropOldest });

    private Task _reading = Task.CompletedTask;

    private WebSocketRemoteCommandSession(WebSocket socket, string protocol, RemoteCommandOptions options, TimeProvider clock)
    {
        _socket = socket;
        _protocol = protocol;
        _clock = clock;
        _channels = new ChannelSocket(socket, protocol is RemoteCommandProtocol.Base64 or RemoteCommandProtocol.V4Base64);
        Stdin = options.Stdin ? _stdin.Reader.AsStream() : null;
        Stdout = options.Stdout ? new ChannelWriteStream(_channels, StdoutChannel) : null;
        Stderr = options.Stderr ? new ChannelWriteStream(_channels, StderrChannel) : null;
        Disconnected = _disconnected.Token;
    }

    /// <inheritdoc/>
    public Stream? Stdin { get; }

    /// <inheritdoc/>
    public Stream? Stdout { get; }

    /// <inheritdoc/>
    public Stream? Stderr { get; }

    /// <inheritdoc/>
    public CancellationToken Disconnected { get; }

    /// <summary>Begins a session on an accepted socket, which it owns from then on.</summary>
    public static async Task<WebSocketRemoteCommandSession> StartAsync(
        WebSocket socket, string protocol, RemoteCommandOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var session = new WebSocketRemoteCommandSession(socket, protocol, options, clock);

        // Tells the client that the command is connected, as the kubelet does.
        var first = options.Stdout ? StdoutChannel : options.Stderr ? StderrChannel : ErrorChannel;
        await session._channels.WriteAsync(first, ReadOnlyMemory<byte>.Empty, cancellationToken);
        session._reading = session.ReadAsync();
        return session;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TerminalSize> ResizesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var size in _resizes.Reader.ReadAllAsync(cancellationToken))
            yield return size;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(RemoteCommandStatus status, CancellationToken cancellationToken = default)
    {
        if (RemoteCommandProtocol.EncodeStatus(_protocol, status) is { } bytes)
            await _channels.WriteAsync(ErrorChannel, bytes, cancellationToken);
        await _channels.CloseAsync(_clock, cancellationToken);
        await Task.Delay(FarewellTimeout, _clock, Disconnected).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // for the client's close
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _disconnected.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var stdinOpen = Stdin is not null;
            while (await _channels.ReadAsync(Disconnected) is var (channel, data))
            {
                switch (channel)
                {
                    case StdinChannel when stdinOpen:
                        if ((await _stdin.Writer.WriteAsync(data, Disconnected)).IsCompleted)
                            stdinOpen = false;
                        break;
                    case ResizeChannel when TerminalSize.Decode(data.Span) is { } size:
                        _resizes.Writer.TryWrite(size);
                        break;
                    case CloseChannel when _protocol == RemoteCommandProtocol.V5 && data.Length == 1 && data.Span[0] == StdinChannel:
                        stdinOpen = false;
                        await _stdin.Writer.CompleteAsync();
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            _resizes.Writer.TryComplete(); // the end of the session, whoever ended it
        }

        await _stdin.Writer.CompleteAsync();
        _resizes.Writer.TryComplete();
        await _disconnected.CancelAsync();
    }

    /// <summary>Writes go out as messages of a channel.</summary>
    private sealed class ChannelWriteStream(ChannelSocket socket, byte channel) : AsynchronousStream
    {
        public override bool CanRead => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            buffer.IsEmpty ? default : socket.WriteAsync(channel, buffer, cancellationToken);
    }
}
