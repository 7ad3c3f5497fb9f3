using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client.Transport;

namespace Platform.Client.Tests.Transport;

public sealed class WatchStreamTests
{
    private const string Cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Events_are_read_however_the_bytes_arrive()
    {
        var text = Objects.Event("ADDED", Objects.ConfigMap("a", 1, "ä\\n")) + Objects.Event("MODIFIED", Objects.ConfigMap("a", 2), Cause) + Objects.Bookmark(7);
        foreach (var size in new[] { 1, 2, 7, 100_000 })
        {
            var events = await ReadAsync(text, size);
            events.Select(e => e.Type).ShouldBe([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Bookmark]);
            events[0].Object.Value().ShouldBe("ä\n");
            events[0].Cause.ShouldBe(default);
            events[1].Cause.SpanId.ToString().ShouldBe("b7ad6b7169203331");
            events[2].Object.Metadata.ResourceVersion.ShouldBe("7");
        }
    }

    [Fact]
    public async Task A_stream_that_ends_within_a_line_was_cut_off()
    {
        var text = Objects.Event("ADDED", Objects.ConfigMap("a", 1));
        var failure = await Should.ThrowAsync<IOException>(() => ReadAsync(text[..^10], 16));
        failure.Message.ShouldContain("middle of an event");
    }

    [Fact]
    public async Task An_error_event_is_thrown_with_its_status()
    {
        var text = Objects.Event("ERROR", Objects.Status(410, "Expired", "too old resource version"));
        (await Should.ThrowAsync<ApiException>(() => ReadAsync(text, 16))).IsGone.ShouldBeTrue();
    }

    [Fact]
    public void Unknown_members_are_skipped_and_a_bad_cause_is_none()
    {
        var line = $$$"""{"extra":{"a":[1]},"type":"DELETED","cause":{"x":1,"traceparent":"garbage"},"object":{{{Objects.ConfigMap("a", 1)}}}}""";
        var parsed = WatchStream.Parse<ConfigMap>(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)));
        parsed.Type.ShouldBe(WatchEventType.Deleted);
        parsed.Cause.ShouldBe(default);
    }

    private static async Task<List<WatchEvent<ConfigMap>>> ReadAsync(string text, int size)
    {
        var pipe = new Pipe();
        var bytes = Encoding.UTF8.GetBytes(text);
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length; at += size)
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
            await pipe.Writer.CompleteAsync();
        });
        List<WatchEvent<ConfigMap>> events = [];
        await foreach (var change in WatchStream.ReadAsync<ConfigMap>(pipe.Reader.AsStream(), CancellationToken.None))
            events.Add(change);
        await writing;
        return events;
    }
}
