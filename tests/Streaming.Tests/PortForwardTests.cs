using System.Net.WebSockets;
using System.Text;
using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;
using Platform.Streaming.WebSockets;

namespace Platform.Streaming.Tests;

public sealed class PortForwardTests : IAsyncLifetime
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;
    private StreamingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StreamingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_to_several_ports_are_forwarded_side_by_side(bool throughWebSocket)
    {
        await using var connection = await ConnectAsync(throughWebSocket);

        await Task.WhenAll(Enumerable.Range(8080, 20).Select(async port =>
        {
            var (error, data) = await OpenAsync(connection, port);
            await data.WriteAsync(Encoding.ASCII.GetBytes($"to {port}"), _deadline);
            await data.CompleteWritesAsync(_deadline);
            (await ReadToEndAsync(data)).ShouldBe($"{port}:to {port}");
            (await ReadToEndAsync(error)).ShouldBeEmpty();
        }));
    }

    [Fact]
    public async Task Error_of_the_runtime_comes_on_the_error_stream_and_the_next_connection_works()
    {
        await using var connection = await ConnectAsync(throughWebSocket: false);

        var (error, data) = await OpenAsync(connection, 1);
        (await ReadToEndAsync(error)).ShouldBe("refused");
        (await ReadToEndAsync(data)).ShouldBeEmpty();

        var (_, next) = await OpenAsync(connection, 2);
        await next.CompleteWritesAsync(_deadline);
        (await ReadToEndAsync(next)).ShouldBe("2:");
    }

    [Theory]
    [InlineData("data", "0")]
    [InlineData("data", "70000")]
    [InlineData("data", "http")]
    [InlineData("nonsense", "80")]
    public async Task Stream_that_makes_no_sense_is_reset(string type, string port)
    {
        await using var connection = await ConnectAsync(throughWebSocket: false);

        var stream = await connection.OpenStreamAsync(
            new Dictionary<string, string> { ["streamType"] = type, ["port"] = port, ["requestID"] = "0" }, _deadline);

        (await stream.ReadAsync(new byte[1], _deadline)).ShouldBe(0);
        await Should.ThrowAsync<IOException>(stream.WriteAsync(new byte[1], _deadline).AsTask());
    }

    private async Task<SpdyConnection> ConnectAsync(bool throughWebSocket)
    {
        if (!throughWebSocket)
            return (await SpdyUpgrade.ConnectAsync(new Uri(_server.Address, "/portForward"), ["portforward.k8s.io"], cancellationToken: _deadline)).Connection;

        // ClientWebSocket refuses the name of the protocol for its slash, as .NET's server side does.
        var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, "/portForward"));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", "SPDY/3.1+portforward.k8s.io");
        var response = await http.SendAsync(request, _deadline);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.SwitchingProtocols);
        response.Headers.GetValues("Sec-WebSocket-Accept").ShouldBe(["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]); // the example of RFC 6455
        response.Headers.GetValues("Sec-WebSocket-Protocol").ShouldBe(["SPDY/3.1+portforward.k8s.io"]);
        var socket = WebSocket.CreateFromStream(await response.Content.ReadAsStreamAsync(_deadline), new WebSocketCreationOptions());
        return SpdyConnection.Start(new WebSocketByteStream(socket), isClient: true);
    }

    private async Task<(SpdyStream Error, SpdyStream Data)> OpenAsync(SpdyConnection connection, int port)
    {
        Dictionary<string, string> Headers(string type) => new() { ["streamType"] = type, ["port"] = $"{port}", ["requestID"] = $"{port}" };
        var error = await connection.OpenStreamAsync(Headers("error"), _deadline);
        await error.CompleteWritesAsync(_deadline);
        return (error, await connection.OpenStreamAsync(Headers("data"), _deadline));
    }

    private async Task<string> ReadToEndAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, _deadline);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
