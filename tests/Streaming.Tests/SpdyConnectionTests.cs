using System.Text;
using Platform.Streaming.Spdy;

namespace Platform.Streaming.Tests;

/// <summary>Both roles against each other over a connection in memory.</summary>
public sealed class SpdyConnectionTests : IAsyncDisposable
{
    private readonly SpdyConnection _client;
    private readonly SpdyConnection _server;
    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;

    public SpdyConnectionTests()
    {
        var (one, other) = DuplexPipe.Create();
        _client = SpdyConnection.Start(one, isClient: true);
        _server = SpdyConnection.Start(other, isClient: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Stream_arrives_with_its_headers_and_carries_bytes_both_ways()
    {
        var (here, there) = await OpenAsync(("streamType", "data"), ("port", "8080"));

        await here.WriteAsync(Encoding.UTF8.GetBytes("ping"), _deadline);
        (await ReadAsync(there, 4)).ShouldBe("ping");
        await there.WriteAsync(Encoding.UTF8.GetBytes("pong"), _deadline);

        (await ReadAsync(here, 4)).ShouldBe("pong");
        there.Headers["STREAMTYPE"].ShouldBe("data");
        there.Headers["port"].ShouldBe("8080");
        (here.Id, there.Id).ShouldBe((1u, 1u));
    }

    [Fact]
    public async Task Finished_half_ends_the_peers_reading_and_leaves_the_other_half_open()
    {
        var (here, there) = await OpenAsync();

        await here.WriteAsync(Encoding.UTF8.GetBytes("all"), _deadline);
        await here.CompleteWritesAsync(_deadline);

        (await ReadToEndAsync(there)).ShouldBe("all");
        await there.WriteAsync(Encoding.UTF8.GetBytes("still open"), _deadline);
        await there.CompleteWritesAsync(_deadline);
        (await ReadToEndAsync(here)).ShouldBe("still open");
        await Should.ThrowAsync<IOException>(here.WriteAsync(new byte[1], _deadline).AsTask());
    }

    [Fact]
    public async Task Reset_stream_ends_on_both_sides_and_the_connection_goes_on()
    {
        var (here, there) = await OpenAsync();

        there.Reset(ResetStatus.Cancel);

        (await here.ReadAsync(new byte[1], _deadline)).ShouldBe(0);
        await Should.ThrowAsync<IOException>(here.WriteAsync(new byte[1], _deadline).AsTask());
        var (next, accepted) = await OpenAsync();
        await next.WriteAsync(new byte[1], _deadline);
        (await accepted.ReadAsync(new byte[1], _deadline)).ShouldBe(1);
    }

    [Fact]
    public async Task Stream_that_is_reset_at_once_has_been_accepted_before()
    {
        const int Streams = 500;
        var resetting = Task.Run(async () =>
        {
            await foreach (var stream in _server.AcceptStreamsAsync(_deadline))
                stream.Reset(ResetStatus.Cancel);
        });

        for (var i = 0; i < Streams; i++)
        {
            var stream = await _client.OpenStreamAsync(new Dictionary<string, string>(), _deadline);
            (await stream.ReadAsync(new byte[1], _deadline)).ShouldBe(0);
        }

        await _server.DisposeAsync();
        await resetting;
    }

    [Fact]
    public async Task Megabytes_pass_whole_and_a_slow_stream_with_windows_does_not_hold_up_another()
    {
        const int Size = 3_000_000;
        var sent = new byte[Size];
        new Random(1).NextBytes(sent);
        var (big, bigThere) = await OpenAsync();
        var (small, smallThere) = await OpenAsync();

        var sending = Task.Run(async () =>
        {
            await big.WriteAsync(sent, _deadline);
            await big.CompleteWritesAsync(_deadline);
        });
        await bigThere.ReadExactlyAsync(new byte[100_000], _deadline); // then nobody reads for a while
        await small.WriteAsync(Encoding.UTF8.GetBytes("past"), _deadline);
        (await ReadAsync(smallThere, 4)).ShouldBe("past");
        var received = new MemoryStream();
        await bigThere.CopyToAsync(received, _deadline);
        await sending;

        received.ToArray().AsSpan().SequenceEqual(sent.AsSpan(100_000)).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_streams_from_both_sides_at_once_keep_their_bytes_apart()
    {
        async Task OpenManyAsync(SpdyConnection connection, string name)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            {
                var stream = await connection.OpenStreamAsync(new Dictionary<string, string> { ["name"] = $"{name}{i}" }, _deadline);
                await stream.CompleteWritesAsync(_deadline);
                (await ReadToEndAsync(stream)).ShouldBe($"{name}{i}");
            }));
        }

        var answering = Task.WhenAll(AnswerNamesAsync(_client), AnswerNamesAsync(_server));
        await Task.WhenAll(OpenManyAsync(_client, "c"), OpenManyAsync(_server, "s"));
        await _client.DisposeAsync();
        await answering;
    }

    [Fact]
    public async Task Ping_is_answered_both_ways()
    {
        await _client.PingAsync(_deadline);
        await _server.PingAsync(_deadline);
        await _client.PingAsync(_deadline);
    }

    [Fact]
    public async Task No_stream_is_opened_to_a_peer_that_goes_away()
    {
        await _server.GoAwayAsync(_deadline);
        await _client.PingAsync(_deadline); // behind the goodbye

        await Should.ThrowAsync<IOException>(_client.OpenStreamAsync(new Dictionary<string, string>(), _deadline));
    }

    [Fact]
    public async Task Closing_ends_everything_on_the_other_side()
    {
        var (here, there) = await OpenAsync();
        var reading = there.ReadAsync(new byte[1], _deadline).AsTask();

        await _client.DisposeAsync();

        (await reading).ShouldBe(0);
        await EndOf(_server).WaitAsync(Eventually.Patience);
        await Should.ThrowAsync<IOException>(there.WriteAsync(new byte[1], _deadline).AsTask());
        await Should.ThrowAsync<IOException>(here.WriteAsync(new byte[1], _deadline).AsTask());
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")] // a control frame of 16 MiB
    [InlineData("8002000600000004 00000001")] // SPDY/2
    [InlineData("800300010000000C 00000001000000000000 FFFF")] // a stream whose headers are no zlib stream
    [InlineData("8003000300000002 0000")] // a reset that is too short
    [InlineData("8003000100000004 00000001")] // a stream without headers
    public async Task Nonsense_closes_the_connection(string hex)
    {
        var (one, other) = DuplexPipe.Create();
        await using var server = SpdyConnection.Start(other, isClient: false);

        await one.WriteAsync(Convert.FromHexString(hex.Replace(" ", string.Empty)), _deadline);

        await EndOf(server).WaitAsync(Eventually.Patience);
    }

    private static Task EndOf(SpdyConnection connection)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed.Register(ended.SetResult);
        return ended.Task;
    }

    private async Task AnswerNamesAsync(SpdyConnection connection)
    {
        await foreach (var stream in connection.AcceptStreamsAsync(_deadline))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(stream.Headers["name"]), _deadline);
            await stream.DisposeAsync();
        }
    }

    private async Task<(SpdyStream Here, SpdyStream There)> OpenAsync(params (string Name, string Value)[] headers)
    {
        var here = await _client.OpenStreamAsync(headers.ToDictionary(h => h.Name, h => h.Value), _deadline);
        await foreach (var there in _server.AcceptStreamsAsync(_deadline))
            return (here, there);
        throw new InvalidOperationException("no stream came");
    }

    private async Task<string> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _deadline);
        return Encoding.UTF8.GetString(bytes);
    }

    private async Task<string> ReadToEndAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, _deadline);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
