using System.Buffers;
using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Gathers bytes in memory that is rented only while it holds some. Written straight into a response's own buffer, an answer could meet the end of its connection between
/// asking for room and filling it: the web server takes its buffer back from another thread, and what was being written fails as if it were too long. Handing over complete
/// bytes is one step, which either comes before the end or after.
/// </summary>
internal abstract class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestPiece = 4 * 1024;

    /// <summary>
    /// Longest piece. The collector takes longer arrays for large objects, and a few megabytes of those are its reason to collect everything there is, with every
    /// request waiting: a tenth of a second for some ten thousand cached objects.
    /// </summary>
    private const int LargestPiece = 64 * 1024;

    private readonly List<(byte[] Bytes, int Count)> _full = [];
    private byte[] _last = [];
    private int _used;
    private int _next = SmallestPiece;

    /// <summary>How many bytes were gathered.</summary>
    public int Count { get; private set; }

    public void Advance(int count)
    {
        _used += count;
        Count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _used < Math.Max(sizeHint, 1))
            Grow(sizeHint);
        return _last.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => Release();

    /// <summary>Hands over what was gathered, and gives the memory back.</summary>
    protected async ValueTask<FlushResult> SendAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        // Writing to a connection that has ended does nothing, so only the last answer matters.
        foreach (var (bytes, count) in _full)
            await output.WriteAsync(bytes.AsMemory(0, count), cancellationToken);
        var last = _used > 0 ? await output.WriteAsync(_last.AsMemory(0, _used), cancellationToken) : await output.FlushAsync(cancellationToken);
        // What comes next is probably as long as this, and goes into one piece then.
        _next = Math.Clamp(Count, SmallestPiece, LargestPiece);
        Release();
        return last;
    }

    private void Grow(int sizeHint)
    {
        if (_used > 0)
        {
            _full.Add((_last, _used));
            _next = Math.Clamp(_last.Length * 2, SmallestPiece, LargestPiece);
        }
        else
            Return(_last);
        _last = ArrayPool<byte>.Shared.Rent(Math.Max(_next, sizeHint));
        _used = 0;
    }

    private void Release()
    {
        foreach (var (bytes, _) in _full)
            Return(bytes);
        _full.Clear();
        Return(_last);
        _last = [];
        (_used, Count) = (0, 0);
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
