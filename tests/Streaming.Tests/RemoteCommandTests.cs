using System.Net.WebSockets;
using System.Text;
using Platform.Streaming.RemoteCommand;
using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;

namespace Platform.Streaming.Tests;

/// <summary>A client of each protocol through the node agent's bridge to a runtime, all over real sockets.</summary>
public sealed class RemoteCommandTests : IAsyncLifetime
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;
    private StreamingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StreamingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Spdy_client_gets_output_errors_and_exit_code()
    {
        var url = new Uri(_server.Address, "/exec?input=1&output=1&error=1");
        var (connection, protocol) = await SpdyUpgrade.ConnectAsync(url, ["v5.channel.k8s.io", "v4.channel.k8s.io"], cancellationToken: _deadline);
        await using var closing = connection;
        var error = await OpenAsync(connection, "error");
        var stdin = await OpenAsync(connection, "stdin");
        var stdout = await OpenAsync(connection, "stdout");
        var stderr = await OpenAsync(connection, "stderr");

        await stdin.WriteAsync(Encoding.ASCII.GetBytes("hello"), _deadline);
        await stdin.CompleteWritesAsync(_deadline);

        protocol.ShouldBe("v5.channel.k8s.io");
        (await ReadToEndAsync(stdout)).ShouldBe("HELLO");
        (await ReadToEndAsync(stderr)).ShouldBe("5 bytes");
        RemoteCommandStatus.Parse(Encoding.UTF8.GetBytes(await ReadToEndAsync(error))).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Half_a_megabyte_of_input_comes_back_whole_over_spdy()
    {
        var url = new Uri(_server.Address, "/exec?stdin=true&stdout=true");
        var (connection, _) = await SpdyUpgrade.ConnectAsync(url, ["v4.channel.k8s.io"], cancellationToken: _deadline);
        await using var closing = connection;
        await OpenAsync(connection, "error");
        var stdin = await OpenAsync(connection, "stdin");
        var stdout = await OpenAsync(connection, "stdout");

        var reading = ReadToEndAsync(stdout);
        await stdin.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 500_000)), _deadline);
        await stdin.CompleteWritesAsync(_deadline);

        (await reading).ShouldBe(new string('X', 500_000));
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    public async Task WebSocket_client_gets_output_size_and_exit_code(string protocol)
    {
        var base64 = protocol.Contains("base64", StringComparison.Ordinal);
        using var socket = await ConnectAsync("/exec?stdin=true&stdout=true&tty=true", protocol);
        await SendAsync(socket, base64, 4, Encoding.ASCII.GetBytes("{\"Width\":80,\"Height\":24}"));
        await SendAsync(socket, base64, 0, Encoding.ASCII.GetBytes("abc"));
        if (protocol == "v5.channel.k8s.io")
        {
            await SendAsync(socket, base64, 255, [0]);
            var channels = await ReadAllAsync(socket, base64);
            channels[1].ShouldBe("80x24ABC");
            RemoteCommandStatus.Parse(Encoding.UTF8.GetBytes(channels[3])).ExitCode.ShouldBe(3);
            return;
        }

        // Before v5 input cannot be finished; what the command made of it comes all the same.
        var output = string.Empty;
        while (output.Length < "80x24ABC".Length)
            output += (await ReceiveAsync(socket, base64))!.Value.Text;
        output.ShouldBe("80x24ABC");
    }

    [Fact]
    public async Task Session_ends_when_the_client_is_gone()
    {
        using var socket = await ConnectAsync("/exec?stdin=true&stdout=true", "v5.channel.k8s.io");
        await SendAsync(socket, false, 0, Encoding.ASCII.GetBytes("x"));
        while ((await ReceiveAsync(socket, false))!.Value.Text.Length == 0)
        {
        }

        socket.Abort();

        await _server.DisposeAsync().AsTask().WaitAsync(Eventually.Patience); // would wait for a request that goes on
    }

    [Fact]
    public async Task Runtime_that_refuses_ends_the_session_with_its_words()
    {
        var (one, other) = DuplexPipe.Create();
        var options = new RemoteCommandOptions(Stdin: false, Stdout: true, Stderr: false, Tty: false);
        await using var client = SpdyConnection.Start(one, isClient: true);
        var accepting = SpdyRemoteCommandSession.AcceptAsync(
            SpdyConnection.Start(other, isClient: false), "v4.channel.k8s.io", options, TimeProvider.System, _deadline);
        var error = await OpenAsync(client, "error");
        await OpenAsync(client, "stdout");
        await using var session = await accepting;

        var running = RemoteCommandClient.RunAsync(new Uri(_server.Address, "/nothing/here"), options, session, _deadline);
        var status = RemoteCommandStatus.Parse(Encoding.UTF8.GetBytes(await ReadToEndAsync(error)));
        await client.DisposeAsync();

        status.IsSuccess.ShouldBeFalse();
        status.Message.ShouldContain("404");
        (await running).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public async Task Request_without_an_upgrade_or_a_known_protocol_is_refused()
    {
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(_server.Address, "/exec?stdout=true"), _deadline)).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var refused = await Should.ThrowAsync<IOException>(
            SpdyUpgrade.ConnectAsync(new Uri(_server.Address, "/exec?stdout=true"), ["v9.channel.k8s.io"], cancellationToken: _deadline));
        refused.Message.ShouldContain("403");
    }

    private async Task<SpdyStream> OpenAsync(SpdyConnection connection, string type) =>
        await connection.OpenStreamAsync(new Dictionary<string, string> { ["streamType"] = type }, _deadline);

    private async Task<string> ReadToEndAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, _deadline);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new UriBuilder(new Uri(_server.Address, path)) { Scheme = "ws" }.Uri, _deadline);
        return socket;
    }

    private Task SendAsync(WebSocket socket, bool base64, byte channel, byte[] data) => base64
        ? socket.SendAsync(Encoding.ASCII.GetBytes(channel + Convert.ToBase64String(data)), WebSocketMessageType.Text, true, _deadline)
        : socket.SendAsync((byte[])[channel, .. data], WebSocketMessageType.Binary, true, _deadline);

    private async Task<(byte Channel, string Text)?> ReceiveAsync(WebSocket socket, bool base64)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, _deadline);
        if (received.MessageType == WebSocketMessageType.Close)
            return null;
        var rest = buffer.AsSpan(1, received.Count - 1);
        return base64
            ? ((byte)(buffer[0] - '0'), Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(rest))))
            : (buffer[0], Encoding.UTF8.GetString(rest));
    }

    private async Task<Dictionary<byte, string>> ReadAllAsync(WebSocket socket, bool base64)
    {
        var channels = new Dictionary<byte, string>();
        while (await ReceiveAsync(socket, base64) is var (channel, text))
            channels[channel] = channels.GetValueOrDefault(channel) + text;
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, _deadline);
        return channels;
    }
}
