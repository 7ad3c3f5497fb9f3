using System.Buffers.Binary;
using System.Threading.Channels;

namespace Platform.Streaming.Spdy;

/// <summary>
/// Sends frames, one at a time. Whoever has data waits until they are written; answers that the reading side owes the peer are queued
/// instead, since a reader that waits for a peer which itself waits to be read would never go on.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    private readonly Stream _transport;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private static readonly Dictionary<string, string> NoHeaders = [];

    // A reply is queued as its stream: its header block can only be made when it is sent.
    private readonly Channel<(byte[]? Frame, SpdyStream? ReplyTo)> _answers =
        Channel.CreateBounded<(byte[]?, SpdyStream?)>(new BoundedChannelOptions(SpdyProtocol.MaxQueuedAnswers) { SingleReader = true });

    private volatile bool _completed;
    private bool _headersStarted;

    public FrameWriter(Stream transport) => _transport = transport;

    /// <summary>Sends queued answers until completed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (frame, replyTo) in _answers.Reader.ReadAllAsync(cancellationToken))
        {
            if (frame is not null)
                await WriteAsync(frame, cancellationToken);
            if (replyTo is null)
                continue;
            await HeadersAsync(ControlFrame.SynReply, replyTo.Id, 0, NoHeaders, cancellationToken);
            replyTo.OnReply();
        }
    }

    /// <summary>Queues an answer of the reading side.</summary>
    /// <exception cref="SpdyException">The peer takes no answers.</exception>
    public void Answer(ControlFrame type, params ReadOnlySpan<uint> words) => Queue(Control(type, 0, words), null);

    /// <summary>Queues the acceptance of a stream.</summary>
    /// <exception cref="SpdyException">The peer takes no answers.</exception>
    public void Reply(SpdyStream stream) => Queue(null, stream);

    /// <summary>No more answers are queued.</summary>
    public void Complete()
    {
        _completed = true;
        _answers.Writer.TryComplete();
    }

    public Task ControlAsync(ControlFrame type, uint[] words, CancellationToken cancellationToken) =>
        WriteAsync(Control(type, 0, words), cancellationToken);

    /// <summary>A frame with a header block; the blocks' order is that of the frames, as compression demands.</summary>
    public async Task HeadersAsync(
        ControlFrame type, uint stream, byte flags, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var block = StoredBlocks.Encode(HeaderBlock.Encode(headers));
            byte[] compressed = _headersStarted ? block : [.. StoredBlocks.ZlibHeader, .. block];
            _headersStarted = true;

            // SYN_STREAM also has the associated stream, priority and slot, all zero.
            uint[] words = type == ControlFrame.SynStream ? [stream, 0] : [stream];
            byte[] padding = type == ControlFrame.SynStream ? [0, 0] : [];
            byte[] frame = [.. Control(type, flags, words), .. padding, .. compressed];
            SetLength(frame);
            await _transport.WriteAsync(frame, cancellationToken);
            await _transport.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task DataAsync(uint stream, ReadOnlyMemory<byte> data, bool last, CancellationToken cancellationToken)
    {
        var frame = new byte[SpdyProtocol.HeaderSize + data.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, stream);
        frame[4] = last ? SpdyProtocol.FinFlag : (byte)0;
        SetLength(frame);
        data.CopyTo(frame.AsMemory(SpdyProtocol.HeaderSize));
        return WriteAsync(frame, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private void Queue(byte[]? frame, SpdyStream? replyTo)
    {
        // After completion the connection is ending and nobody waits for the answer.
        if (!_answers.Writer.TryWrite((frame, replyTo)) && !_completed)
            throw new SpdyException("the peer does not read its answers");
    }

    private static byte[] Control(ControlFrame type, byte flags, ReadOnlySpan<uint> words)
    {
        var frame = new byte[SpdyProtocol.HeaderSize + (words.Length * sizeof(uint))];
        BinaryPrimitives.WriteUInt16BigEndian(frame, 0x8000 | SpdyProtocol.Version);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)type);
        frame[4] = flags;
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(SpdyProtocol.HeaderSize + (i * sizeof(uint))), words[i]);
        SetLength(frame);
        return frame;
    }

    private static void SetLength(Span<byte> frame)
    {
        var length = frame.Length - SpdyProtocol.HeaderSize;
        frame[5] = (byte)(length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame[6..], (ushort)length);
    }

    private async Task WriteAsync(byte[] frame, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _transport.WriteAsync(frame, cancellationToken);
            await _transport.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
