using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Platform.Streaming.Spdy;

/// <summary>
/// A SPDY/3.1 connection over any byte stream, in either role: Kubernetes' older clients (kubectl exec, attach, port-forward) and containerd's
/// streaming server multiplex the streams of a remote command with it. It is used as they use it: after an
/// HTTP upgrade, without HTTP semantics in the streams' headers.
/// <code>
/// await using var connection = SpdyConnection.Start(transport, isClient: true);
/// var stream = await connection.OpenStreamAsync(new Dictionary&lt;string, string&gt; { ["streamType"] = "stdout" });
/// await foreach (var accepted in connection.AcceptStreamsAsync()) ...
/// </code>
/// </summary>
public sealed partial class SpdyConnection : IAsyncDisposable
{
    private readonly Stream _transport;
    private readonly bool _isClient;
    private readonly HeaderInflater _inflater = new();
    private readonly ConcurrentDictionary<uint, SpdyStream> _streams = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource> _pings = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private readonly Channel<SpdyStream> _accepted = Channel.CreateBounded<SpdyStream>(SpdyProtocol.MaxStreams);
    private long _initialWindow = SpdyProtocol.InitialWindow;
    private uint _nextStream;
    private uint _lastAccepted;
    private uint _nextPing;
    private volatile bool _peerLeaves;
    private volatile bool _peerHasWindows;
    private Task _running = Task.CompletedTask;

    private SpdyConnection(Stream transport, bool isClient)
    {
        _transport = transport;
        _isClient = isClient;
        _nextStream = isClient ? 1u : 2u;
        _nextPing = isClient ? 1u : 2u;
        Writer = new FrameWriter(transport);
        Closed = _closed.Token;
    }

    /// <summary>Ends when the connection does, whoever ended it.</summary>
    public CancellationToken Closed { get; }

    internal FrameWriter Writer { get; }

    /// <summary>Whether the peer has shown that it counts windows.</summary>
    internal bool PeerHasWindows => _peerHasWindows;

    /// <summary>Starts the protocol on a connected byte stream, which it owns from then on.</summary>
    public static SpdyConnection Start(Stream transport, bool isClient)
    {
        var connection = new SpdyConnection(transport, isClient);
        connection.Writer.Answer(ControlFrame.Settings, 1, SpdyProtocol.InitialWindowSetting, SpdyProtocol.InitialWindow);
        connection._running = Task.WhenAll(connection.ReadAsync(), connection.AnswerAsync());
        return connection;
    }

    /// <summary>Opens a stream and waits until the peer has accepted it.</summary>
    /// <exception cref="IOException">The peer refused it or is gone.</exception>
    public async Task<SpdyStream> OpenStreamAsync(IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken = default)
    {
        SpdyStream stream;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_peerLeaves || Closed.IsCancellationRequested)
                throw new IOException("the peer takes no more streams");
            stream = new SpdyStream(this, _nextStream, headers, NewWindow());
            _nextStream += 2;
            _streams[stream.Id] = stream;
            if (_peerHasWindows)
                stream.Window.Open(0); // said in between
            if (Closed.IsCancellationRequested)
                stream.OnConnectionClosed(new IOException("the connection is closed"));
            await Writer.HeadersAsync(ControlFrame.SynStream, stream.Id, 0, headers, cancellationToken); // ids must go out in order
        }
        finally
        {
            _opening.Release();
        }

        await stream.Replied.WaitAsync(cancellationToken);
        return stream;
    }

    /// <summary>The streams that the peer opens, as they come, until the connection ends.</summary>
    public IAsyncEnumerable<SpdyStream> AcceptStreamsAsync(CancellationToken cancellationToken = default) =>
        _accepted.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Completes when the peer has answered.</summary>
    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Add(ref _nextPing, 2) - 2;
        var answered = _pings[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Writer.ControlAsync(ControlFrame.Ping, [id], cancellationToken);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closed);
            await answered.Task.WaitAsync(either.Token);
        }
        finally
        {
            _pings.TryRemove(id, out _);
        }
    }

    /// <summary>Tells the peer that no further streams are accepted, and that it may close once the present ones are done.</summary>
    public Task GoAwayAsync(CancellationToken cancellationToken = default) =>
        Writer.ControlAsync(ControlFrame.GoAway, [_lastAccepted, 0], cancellationToken);

    /// <summary>Closes the connection at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync(new IOException("the connection was closed"));
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _inflater.Dispose();
        Writer.Dispose();
    }

    internal void Remove(SpdyStream stream) => _streams.TryRemove(stream.Id, out _);

    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(_transport, new StreamPipeReaderOptions(leaveOpen: true));
        Exception reason = new IOException("the peer closed the connection");
        try
        {
            while (true)
            {
                var result = await reader.ReadAtLeastAsync(SpdyProtocol.HeaderSize, Closed);
                if (result.Buffer.Length < SpdyProtocol.HeaderSize)
                    break;
                var header = result.Buffer.Slice(0, SpdyProtocol.HeaderSize).ToArray();
                reader.AdvanceTo(result.Buffer.GetPosition(SpdyProtocol.HeaderSize));
                var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)) & 0xFFFFFF);
                if ((header[0] & 0x80) == 0)
                    await ReadDataAsync(reader, header, length);
                else
                    await ReadControlAsync(reader, header, length);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            reason = exception;
        }

        await CloseAsync(reason);
        await reader.CompleteAsync();
    }

    private async Task AnswerAsync()
    {
        try
        {
            await Writer.RunAsync(Closed);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            await CloseAsync(exception);
        }
    }

    private async Task ReadDataAsync(PipeReader reader, byte[] header, int length)
    {
        _streams.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(header), out var stream);
        while (length > 0)
        {
            var result = await reader.ReadAsync(Closed);
            if (result.Buffer.IsEmpty && result.IsCompleted)
                throw new IOException("the connection ended inside a frame");
            var part = result.Buffer.Slice(0, Math.Min(length, result.Buffer.Length));
            length -= (int)part.Length;
            if (stream is not null)
                await stream.OnDataAsync(part, Closed); // data of an ended stream fall away
            reader.AdvanceTo(part.End);
        }

        if ((header[4] & SpdyProtocol.FinFlag) != 0)
            stream?.OnFinished();
    }

    private async Task ReadControlAsync(PipeReader reader, byte[] header, int length)
    {
        if ((BinaryPrimitives.ReadUInt16BigEndian(header) & 0x7FFF) != SpdyProtocol.Version)
            throw new SpdyException("not SPDY/3");
        if (length > SpdyProtocol.MaxControlFrame)
            throw new SpdyException("the control frame is too large");
        byte[] payload = [];
        if (length > 0)
        {
            var result = await reader.ReadAtLeastAsync(length, Closed);
            if (result.Buffer.Length < length)
                throw new IOException("the connection ended inside a frame");
            payload = result.Buffer.Slice(0, length).ToArray();
            reader.AdvanceTo(result.Buffer.GetPosition(length));
        }

        Handle((ControlFrame)BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)), header[4], payload);
    }

    private async Task CloseAsync(Exception reason)
    {
        if (Closed.IsCancellationRequested)
            return;
        await _closed.CancelAsync();
        Writer.Complete();
        _accepted.Writer.TryComplete();
        foreach (var stream in _streams.Values)
            stream.OnConnectionClosed(reason);
        await _transport.DisposeAsync();
    }
}
