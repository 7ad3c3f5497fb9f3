using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Streaming.RemoteCommand;
using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;

namespace Platform.Cri.Tests;

/// <summary>libraries/Streaming in the client's role against containerd's streaming server.</summary>
public sealed class RuntimeStreamingTests(OwnContainerd containerd) : IClassFixture<OwnContainerd>
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;

    [Fact]
    public async Task Exec_carries_input_output_errors_and_exit_code()
    {
        Skip();
        await using var pod = await TestPod.RunAsync(containerd, "exec");
        var session = new MemorySession("some input\n");
        var request = new ExecRequest { ContainerId = pod.Container, Cmd = { "sh", "-c", "cat; echo err >&2; exit 7" }, Stdin = true, Stdout = true, Stderr = true };
        var url = (await containerd.Client.ExecAsync(request)).Url;

        var status = await RemoteCommandClient.RunAsync(new Uri(url), new RemoteCommandOptions(true, true, true, false), session, _deadline);

        (session.Output, session.Errors, status.ExitCode).ShouldBe(("some input\n", "err\n", 7));
        session.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Ten_megabytes_of_output_arrive_whole()
    {
        Skip();
        await using var pod = await TestPod.RunAsync(containerd, "exec-large");
        var session = new MemorySession(null);
        var request = new ExecRequest
        {
            ContainerId = pod.Container, Cmd = { "sh", "-c", "i=0; while [ $i -lt 160 ]; do printf '%065536d' 0; i=$((i+1)); done" }, Stdout = true,
        };
        var url = (await containerd.Client.ExecAsync(request)).Url;

        var status = await RemoteCommandClient.RunAsync(new Uri(url), new RemoteCommandOptions(false, true, false, false), session, _deadline);

        (status.ExitCode, session.Output.Length).ShouldBe((0, 160 * 65536));
    }

    [Fact]
    public async Task Terminal_has_the_clients_size()
    {
        Skip();
        await using var pod = await TestPod.RunAsync(containerd, "exec-tty");
        var session = new MemorySession(string.Empty, new TerminalSize(123, 45));
        var request = new ExecRequest
        {
            ContainerId = pod.Container, Cmd = { "sh", "-c", "until stty size 2>/dev/null | grep -q '45 123'; do sleep 0.1; done; stty size" }, Stdout = true, Tty = true,
        };
        var url = (await containerd.Client.ExecAsync(request)).Url;

        var status = await RemoteCommandClient.RunAsync(new Uri(url), new RemoteCommandOptions(false, true, false, true), session, _deadline);

        (status.ExitCode, session.Output.Trim()).ShouldBe((0, "45 123"));
    }

    [Fact]
    public async Task Attach_follows_the_containers_output()
    {
        Skip();
        await using var pod = await TestPod.RunAsync(containerd, "attach", "sh", "-c", "read line; sleep 1; echo got $line; sleep 1");
        var input = new Pipe();
        await input.Writer.WriteAsync("word\n"u8.ToArray(), _deadline); // not completed: the runtime detaches at the end of the input
        var session = new MemorySession(null) { Stdin = input.Reader.AsStream() };
        var url = (await containerd.Client.AttachAsync(new AttachRequest { ContainerId = pod.Container, Stdin = true, Stdout = true, Stderr = true })).Url;

        await RemoteCommandClient.RunAsync(new Uri(url), new RemoteCommandOptions(true, true, true, false), session, _deadline);

        session.Output.ShouldBe("got word\n");
    }

    [Fact]
    public async Task Port_forward_reaches_a_port_of_the_pod_and_tells_of_a_closed_one()
    {
        Skip();
        await using var pod = await TestPod.RunAsync(containerd, "forward");
        using var listener = new TcpListener(IPAddress.Loopback, 0); // the sandbox is on the node's network
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var echoing = EchoOnceAsync(listener);
        var url = (await containerd.Client.PortForwardAsync(new PortForwardRequest { PodSandboxId = pod.Sandbox, Port = { port, 1 } })).Url;
        var (runtime, _) = await SpdyUpgrade.ConnectAsync(new Uri(url), ["portforward.k8s.io"], cancellationToken: _deadline);
        await using var closing = runtime;

        var (_, data) = await OpenAsync(runtime, port);
        await data.WriteAsync(Encoding.ASCII.GetBytes("through containerd"), _deadline);
        var answer = new byte["through containerd".Length];
        await data.ReadExactlyAsync(answer, _deadline);
        var (error, _) = await OpenAsync(runtime, 1);
        var words = new MemoryStream();
        await error.CopyToAsync(words, _deadline);

        Encoding.ASCII.GetString(answer).ShouldBe("through containerd");
        Encoding.UTF8.GetString(words.ToArray()).ShouldContain("port 1");
        await data.DisposeAsync();
        await echoing.WaitAsync(Eventually.Patience);
    }

    private void Skip() => Assert.SkipWhen(
        (containerd.Missing ?? BusyboxImage.Missing) is not null, containerd.Missing ?? BusyboxImage.Missing ?? string.Empty);

    private async Task<(SpdyStream Error, SpdyStream Data)> OpenAsync(SpdyConnection connection, int port)
    {
        Dictionary<string, string> Headers(string type) => new() { ["streamType"] = type, ["port"] = $"{port}", ["requestID"] = $"{port}" };
        var error = await connection.OpenStreamAsync(Headers("error"), _deadline);
        await error.CompleteWritesAsync(_deadline);
        return (error, await connection.OpenStreamAsync(Headers("data"), _deadline));
    }

    private async Task EchoOnceAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(_deadline);
        await client.GetStream().CopyToAsync(client.GetStream(), _deadline);
    }

    /// <summary>A client in memory.</summary>
    private sealed class MemorySession : IRemoteCommandSession
    {
        private readonly MemoryStream _output = new();
        private readonly MemoryStream _errors = new();
        private readonly TerminalSize[] _sizes;

        public MemorySession(string? input, params TerminalSize[] sizes)
        {
            Stdin = input is null ? null : new MemoryStream(Encoding.ASCII.GetBytes(input));
            _sizes = sizes;
        }

        public Stream? Stdin { get; init; }

        public Stream? Stdout => _output;

        public Stream? Stderr => _errors;

        public CancellationToken Disconnected => CancellationToken.None;

        public RemoteCommandStatus? Status { get; private set; }

        public string Output => Encoding.UTF8.GetString(_output.ToArray());

        public string Errors => Encoding.UTF8.GetString(_errors.ToArray());

        public IAsyncEnumerable<TerminalSize> ResizesAsync(CancellationToken cancellationToken = default) => _sizes.ToAsyncEnumerable();

        public Task CompleteAsync(RemoteCommandStatus status, CancellationToken cancellationToken = default)
        {
            Status = status;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => default;
    }
}
