using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Platform.Streaming.Tests;

/// <summary>The unmodified kubectl against the server, by SPDY and by WebSocket.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("platform-kubectl-").FullName;
    private StreamingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StreamingServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exec_gets_output_errors_and_exit_code(bool webSockets)
    {
        using var kubectl = Start(webSockets, "exec", "-i", "p", "--", "anything");
        await kubectl.StandardInput.WriteAsync("hello kubectl");
        kubectl.StandardInput.Close();
        var output = kubectl.StandardOutput.ReadToEndAsync();
        var error = kubectl.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await kubectl.WaitForExitAsync(patience.Token);

        (await output).ShouldBe("HELLO KUBECTL");
        (await error).ShouldContain("13 bytes");
        kubectl.ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Port_forward_carries_connections(bool webSockets)
    {
        using var kubectl = Start(webSockets, "port-forward", "pod/p", ":8080");
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            var line = await kubectl.StandardOutput.ReadLineAsync(patience.Token); // Forwarding from 127.0.0.1:41234 -> 8080
            var port = int.Parse(line!.Split(':')[1].Split(' ')[0]);
            for (var i = 0; i < 3; i++)
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, patience.Token);
                var stream = client.GetStream();
                await stream.WriteAsync(Encoding.ASCII.GetBytes("through"), patience.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                var answer = new byte["8080:through".Length];
                await stream.ReadExactlyAsync(answer, patience.Token);
                Encoding.ASCII.GetString(answer).ShouldBe("8080:through");
            }
        }
        finally
        {
            kubectl.Kill();
            await kubectl.WaitForExitAsync();
        }
    }

    private Process Start(bool webSockets, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", [$"--server={_server.Address}", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home;
        start.Environment["KUBECONFIG"] = string.Empty;
        start.Environment["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = webSockets ? "true" : "false";
        start.Environment["KUBECTL_PORT_FORWARD_WEBSOCKETS"] = webSockets ? "true" : "false";
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "kubectl"))),
            "kubectl is not installed");
        return Process.Start(start)!;
    }
}
