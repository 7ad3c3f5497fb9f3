using System.IO.Pipelines;

namespace Platform.Streaming.Tests;

/// <summary>Two ends of a connection in memory, with little buffer so that back pressure is real.</summary>
internal sealed class DuplexPipe(PipeReader input, PipeWriter output) : AsynchronousStream
{
    private const int Buffer = 32 * 1024;

    public static (DuplexPipe One, DuplexPipe Other) Create()
    {
        var there = new Pipe(new PipeOptions(pauseWriterThreshold: Buffer, resumeWriterThreshold: Buffer / 2, useSynchronizationContext: false));
        var back = new Pipe(new PipeOptions(pauseWriterThreshold: Buffer, resumeWriterThreshold: Buffer / 2, useSynchronizationContext: false));
        return (new DuplexPipe(back.Reader, there.Writer), new DuplexPipe(there.Reader, back.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await input.ReadAsync(cancellationToken);
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var part = result.Buffer.Slice(0, count);
        System.Buffers.BuffersExtensions.CopyTo(part, buffer.Span);
        input.AdvanceTo(part.End);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await output.WriteAsync(buffer, cancellationToken);
        if (result.IsCompleted)
            throw new IOException("the other end is closed");
    }

    protected override void Dispose(bool disposing)
    {
        output.Complete();
        input.CancelPendingRead();
        base.Dispose(disposing);
    }
}
