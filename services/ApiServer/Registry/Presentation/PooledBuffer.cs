using System.Buffers;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Gathers bytes in memory that is rented only while it holds some. Written straight into a response's own buffer, an answer could meet the end of its connection between
/// asking for room and filling it: the web server takes its buffer back from another thread, and what was being written fails as if it were too long. Handing over complete
/// bytes is one step, which either comes before the end or after.
/// </summary>
internal abstract class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 4 * 1024;

    private byte[] _bytes = [];

    /// <summary>How many bytes were gathered.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that were gathered; until the next call of anything else.</summary>
    protected ReadOnlyMemory<byte> Gathered => _bytes.AsMemory(0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Count + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestRent, _bytes.Length * 2)));
            _bytes.AsSpan(0, Count).CopyTo(larger);
            Return();
            _bytes = larger;
        }
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => Release();

    /// <summary>Forgets what was gathered and keeps the memory for what comes next.</summary>
    protected void Clear() => Count = 0;

    /// <summary>Forgets what was gathered and gives the memory back.</summary>
    protected void Release()
    {
        Count = 0;
        Return();
    }

    private void Return()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
