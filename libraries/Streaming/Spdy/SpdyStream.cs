using System.Buffers;
using System.IO.Pipelines;

namespace Platform.Streaming.Spdy;

/// <summary>
/// One stream of a SPDY connection, as a .NET stream. Reading ends (0) when the peer has finished its half, reset the stream or gone away;
/// writing then fails with <see cref="IOException"/>. <see cref="CompleteWritesAsync"/> finishes this half. Disposing finishes it
/// too and lets what still comes fall away.
/// </summary>
public sealed class SpdyStream : AsynchronousStream
{
    private readonly SpdyConnection _connection;
    private readonly Pipe _incoming = new(new PipeOptions(
        pauseWriterThreshold: SpdyProtocol.MaxBuffered, resumeWriterThreshold: SpdyProtocol.MaxBuffered / 2, useSynchronizationContext: false));

    private readonly TaskCompletionSource _replied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _unreported;
    private bool _writesCompleted;
    private bool _readsCompleted;
    private bool _removed;

    internal SpdyStream(SpdyConnection connection, uint id, IReadOnlyDictionary<string, string> headers, SendWindow window)
    {
        _connection = connection;
        Id = id;
        Headers = headers;
        Window = window;
    }

    /// <summary>Number of the stream; odd for the client's.</summary>
    public uint Id { get; }

    /// <summary>Headers with which it was opened; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    internal SendWindow Window { get; }

    /// <summary>
    /// Completes when the stream is accepted by whoever did not open it; fails where it is refused. Nothing is written before: the peers drop
    /// data of a stream whose acceptance they have not seen.
    /// </summary>
    internal Task Replied => _replied.Task;

    /// <summary>Finishes this half: the peer reads to the end.</summary>
    public async ValueTask CompleteWritesAsync(CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_writesCompleted)
                return;
            await Replied.WaitAsync(cancellationToken);
            _writesCompleted = true;
            await _connection.Writer.DataAsync(Id, ReadOnlyMemory<byte>.Empty, last: true, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }

        RemoveIfEnded();
    }

    /// <summary>
    /// Ends the stream abruptly in both directions. The peer is told behind the acceptance that may still be queued: a reset that overtook it
    /// would look like a refusal.
    /// </summary>
    public void Reset(ResetStatus status)
    {
        _writesCompleted = true;
        Window.Close(new IOException("the stream was reset"));
        _incoming.Reader.CancelPendingRead();
        if (!Interlocked.Exchange(ref _removed, true))
            _connection.Remove(this);
        _connection.Writer.Answer(ControlFrame.RstStream, Id, (uint)status);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _incoming.Reader.ReadAsync(cancellationToken);
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        _incoming.Reader.AdvanceTo(taken.End);
        ReportConsumed(count);
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_writesCompleted)
                throw new IOException("this half of the stream has been finished");
            await Replied.WaitAsync(cancellationToken);
            while (buffer.Length > 0)
            {
                var count = await Window.TakeAsync(Math.Min(buffer.Length, SpdyProtocol.MaxDataFrame), cancellationToken);
                await _connection.Writer.DataAsync(Id, buffer[..count], last: false, cancellationToken);
                buffer = buffer[count..];
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await CompleteWritesAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _writesCompleted = true; // the connection is gone, and the stream with it
        }

        await _incoming.Reader.CompleteAsync();
        GC.SuppressFinalize(this);
    }

    internal void OnReply() => _replied.TrySetResult();

    /// <summary>Takes data that came; waits where the reader is far behind.</summary>
    internal async ValueTask OnDataAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        if (_readsCompleted)
            return;
        foreach (var part in data)
        {
            var result = await _incoming.Writer.WriteAsync(part, cancellationToken);
            if (result.IsCompleted)
                ReportConsumed(part.Length); // nobody reads any more; do not hold the peer up
        }
    }

    /// <summary>The peer has finished its half.</summary>
    internal void OnFinished()
    {
        if (_readsCompleted)
            return;
        _readsCompleted = true;
        _incoming.Writer.Complete();
        RemoveIfEnded();
    }

    /// <summary>The peer reset the stream. What it sent before can still be read.</summary>
    internal void OnReset()
    {
        _writesCompleted = true;
        Window.Close(new IOException("the stream was reset"));
        if (_replied.TrySetException(new IOException("the peer refused the stream")))
            _ = _replied.Task.Exception;
        OnFinished();
        RemoveIfEnded();
    }

    /// <summary>The connection is over.</summary>
    internal void OnConnectionClosed(Exception reason)
    {
        Window.Close(reason);
        if (_replied.TrySetException(new IOException(reason.Message, reason)))
            _ = _replied.Task.Exception;
        OnFinished();
    }

    private void ReportConsumed(int count)
    {
        // Not to peers without windows: containerd closes right behind its last byte, and an update that then meets a closed socket makes the
        // kernel throw away what was still on its way here.
        if (!_connection.PeerHasWindows)
            return;
        if (Interlocked.Add(ref _unreported, count) < SpdyProtocol.InitialWindow / 2)
            return;
        var consumed = Interlocked.Exchange(ref _unreported, 0);
        if (consumed > 0 && !_readsCompleted)
            _connection.Writer.Answer(ControlFrame.WindowUpdate, Id, (uint)consumed);
    }

    private void RemoveIfEnded()
    {
        if (!_writesCompleted || !_readsCompleted || Interlocked.Exchange(ref _removed, true))
            return;
        _connection.Remove(this);
    }
}
