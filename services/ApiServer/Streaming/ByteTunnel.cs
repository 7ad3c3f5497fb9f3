using System.Buffers;

namespace Platform.ApiServer.Streaming;

/// <summary>Moves bytes between two connections. One buffer per direction is all that is ever held: a slow reader slows the writer down.</summary>
internal static class ByteTunnel
{
    /// <summary>Bytes that are moved at once.</summary>
    private const int BufferBytes = 32 * 1024;

    /// <summary>Moves bytes both ways until either end closes or the request is aborted.</summary>
    public static async Task RunAsync(Stream left, Stream right, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var there = CopyAsync(left, right, ended.Token);
        var back = CopyAsync(right, left, ended.Token);
        // The protocols inside close by messages of their own, so whichever connection ends first ends both.
        await Task.WhenAny(there, back);
        await ended.CancelAsync();
        await Task.WhenAll(there, back);
    }

    /// <summary>Copies until the source ends, the request is aborted, or either connection breaks; each part is flushed as it comes.</summary>
    public static async Task CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var count = await source.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken);
                if (count == 0)
                    return;
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                await target.FlushAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A connection that breaks is how most of these streams end; the other side learns it by the end of its own.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
