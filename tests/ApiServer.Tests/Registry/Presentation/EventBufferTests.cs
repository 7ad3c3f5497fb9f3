using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Tests.Registry.Presentation;

/// <summary>
/// A connection may end while an event is being written. These tests end it at the worst moments: the connection's own buffer must never be in
/// the hands of the writer, since that is what the web server takes back.
/// </summary>
public sealed class EventBufferTests
{
    /// <summary>Arrays from this length on are large objects, of which a few megabytes make the collector stop everything.</summary>
    private const int LargeObject = 85_000;

    [Fact]
    public async Task What_was_written_arrives_in_order_and_never_through_the_connections_own_buffer()
    {
        var connection = new Connection();
        using var buffer = new EventBuffer(connection);
        var expected = Fill(buffer);
        (await buffer.SendAsync(CancellationToken.None)).ShouldBeTrue();
        Encoding.UTF8.GetString(connection.Received.WrittenSpan).ShouldBe(expected);
        buffer.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Memory_is_never_a_large_object_however_much_is_gathered()
    {
        var connection = new Connection();
        using var buffer = new EventBuffer(connection);
        Fill(buffer);
        buffer.Count.ShouldBeGreaterThan(4 * LargeObject);
        await buffer.SendAsync(CancellationToken.None);
        connection.LongestArray.ShouldBeLessThan(LargeObject);
    }

    [Fact]
    public async Task Batches_of_about_one_length_are_handed_over_in_one_call_each()
    {
        var connection = new Connection();
        using var buffer = new EventBuffer(connection);
        buffer.Write(new byte[20_000]);
        await buffer.SendAsync(CancellationToken.None);
        var first = connection.Calls;
        for (var i = 0; i < 20; i++)
            buffer.Write(new byte[1_000]);
        await buffer.SendAsync(CancellationToken.None);
        connection.Calls.ShouldBe(first + 1);
    }

    [Fact]
    public async Task A_connection_that_ends_between_two_writes_ends_the_stream_and_nothing_else()
    {
        var connection = new Connection();
        using var buffer = new EventBuffer(connection);
        var room = buffer.GetMemory(100);
        connection.Ended = true;
        Encoding.UTF8.GetBytes("an event", room.Span);
        buffer.Advance(8);
        buffer.Write("more"u8);
        (await buffer.SendAsync(CancellationToken.None)).ShouldBeFalse();
        (await buffer.SendAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_connection_that_has_ended()
    {
        var connection = new Connection { Ended = true };
        using var buffer = new EventBuffer(connection);
        Fill(buffer);
        (await buffer.SendAsync(CancellationToken.None)).ShouldBeFalse();
        buffer.Count.ShouldBe(0);
    }

    private static string Fill(EventBuffer buffer)
    {
        var expected = new StringBuilder();
        for (var i = 0; i < 1_000; i++)
        {
            var text = new string((char)('a' + (i % 26)), i);
            expected.Append(text);
            buffer.Write(Encoding.UTF8.GetBytes(text));
        }
        return expected.ToString();
    }

    /// <summary>A connection as the web server has it: its buffer is gone once it has ended, and whole writes then do nothing.</summary>
    private sealed class Connection : PipeWriter
    {
        public bool Ended { get; set; }

        public int Calls { get; private set; }

        public int LongestArray { get; private set; }

        public ArrayBufferWriter<byte> Received { get; } = new();

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            Calls++;
            LongestArray = Math.Max(LongestArray, MemoryMarshal.TryGetArray(source, out var array) ? array.Array!.Length : 0);
            if (!Ended)
                Received.Write(source.Span);
            return FlushAsync(cancellationToken);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: Ended));

        public override void Advance(int bytes) => throw new InvalidOperationException("the connection's buffer was written into");

        public override Memory<byte> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("the connection's buffer was asked for");

        public override Span<byte> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("the connection's buffer was asked for");

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
