using System.Buffers;
using System.IO.Pipelines;
using Platform.Streaming;

namespace Platform.ApiServer.Hosting.InProcess;

/// <summary>The client's end of a connection in memory, as the stream that HttpClient wants.</summary>
internal sealed class InProcessStream(PipeReader input, PipeWriter output, Action closed) : AsynchronousStream
{
    private int _disposed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!input.TryRead(out var result))
            result = await input.ReadAsync(cancellationToken);
        var available = result.Buffer;
        var count = (int)Math.Min(available.Length, buffer.Length);
        var taken = available.Slice(0, count);
        taken.CopyTo(buffer.Span);
        input.AdvanceTo(taken.End);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await output.WriteAsync(buffer, cancellationToken);
        if (result.IsCompleted)
            throw new IOException("the server has closed the connection");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            output.Complete();
            input.Complete();
            closed();
        }

        base.Dispose(disposing);
    }
}
