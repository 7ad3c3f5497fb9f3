using System.Buffers;
using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Gathers the events of one flush and hands them to the connection in one call. Written straight into the response's own buffer, an event could
/// meet the end of its connection between asking for room and filling it: the web server takes its buffer back from another thread, and what
/// was being written fails as if it were too long. Handing over complete bytes is one step, which either comes before the end or after.
/// The memory is rented only while there is something to send, so that thousands of silent watches hold none.
/// </summary>
internal sealed class EventBuffer(PipeWriter output) : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 4 * 1024;

    private byte[] _buffer = [];

    /// <summary>Bytes that wait.</summary>
    public int Count { get; private set; }

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Count + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestRent, _buffer.Length * 2)));
            _buffer.AsSpan(0, Count).CopyTo(larger);
            Release();
            _buffer = larger;
        }
        return _buffer.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Sends what waits. False where the client has gone.</summary>
    public async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        var result = Count > 0 ? await output.WriteAsync(_buffer.AsMemory(0, Count), cancellationToken) : await output.FlushAsync(cancellationToken);
        Count = 0;
        Release();
        return !result.IsCompleted && !result.IsCanceled;
    }

    public void Dispose() => Release();

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
