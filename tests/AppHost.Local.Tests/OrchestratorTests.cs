using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Platform.AppHost.Local.Tests;

public sealed class OrchestratorTests
{
    [Fact]
    public async Task Output_of_each_resource_stands_behind_its_name()
    {
        await using var run = new Run(Shell("hello", "echo out; echo err >&2; exec sleep 600"));
        await run.UntilAsync(text => text.Contains("hello | out") && text.Contains("hello | err"));
    }

    [Fact]
    public async Task A_resource_starts_only_when_what_it_waits_for_is_healthy()
    {
        var gate = Path.GetTempFileName();
        File.Delete(gate);
        var port = FreePort();
        var first = Shell("first", $"until [ -e {gate} ]; do sleep 0.05; done; exec python3 -m http.server {port} --bind 127.0.0.1", new HttpEndpoint("http", "http", port, null));
        first.Health = new("/", 200, null);
        var second = Shell("second", "echo started; exec sleep 600");
        second.WaitsFor.Add(first);
        var marker = Shell("marker", "echo here; exec sleep 600");

        await using var run = new Run(second, first, marker);
        await run.UntilAsync(text => text.Contains("marker | here"));
        run.Text.ShouldNotContain("second | started");
        await File.WriteAllTextAsync(gate, "");
        await run.UntilAsync(text => text.Contains("second | started"));
        File.Delete(gate);
    }

    [Fact]
    public async Task A_resource_that_ends_unasked_is_started_again()
    {
        await using var run = new Run(Shell("crash", "echo up; exit 3"));
        await run.UntilAsync(text => text.Split("crash | up").Length > 2);
        run.Text.ShouldContain("exit code 3");
    }

    [Fact]
    public async Task Stopping_ends_every_child()
    {
        var run = new Run(Shell("child", "echo pid=$$; exec sleep 600"));
        await run.UntilAsync(text => text.Contains("pid="));
        var id = int.Parse(run.Text.Split("pid=")[1].Split('\n')[0]);
        await run.DisposeAsync();
        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }

    [Fact]
    public void Resources_that_wait_for_each_other_are_refused()
    {
        var a = Shell("a", "true");
        var b = Shell("b", "true");
        a.WaitsFor.Add(b);
        b.WaitsFor.Add(a);
        Should.Throw<InvalidOperationException>(() => new Orchestrator([a, b], TextWriter.Null, TimeProvider.System)).Message.ShouldContain("waits for itself");
    }

    [Fact]
    public async Task References_arrive_as_service_discovery_variables()
    {
        var api = Shell("api", "exec sleep 600", new HttpEndpoint("https", "https", 6443, null));
        var user = Shell("user", "echo api=$services__api__https__0; exec sleep 600");
        user.References.Add(api);
        await using var run = new Run(api, user);
        await run.UntilAsync(text => text.Contains("api=https://localhost:6443/"));
    }

    private static ExecutableResource Shell(string name, string script, params HttpEndpoint[] endpoints)
    {
        var resource = new ExecutableResource(name) { Command = "/bin/sh", WorkingDirectory = "/" };
        resource.Arguments.AddRange(["-c", script]);
        resource.Endpoints.AddRange(endpoints);
        return resource;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly SignallingWriter _output = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Run(params ProcessResource[] resources)
        {
            var orchestrator = new Orchestrator(resources, _output, TimeProvider.System);
            _running = orchestrator.RunAsync(_stop.Token);
        }

        public string Text => _output.Snapshot();

        public Task UntilAsync(Func<string, bool> condition) => _output.UntilAsync(condition).WaitAsync(Eventually.Patience);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.WaitAsync(Eventually.Patience);
        }
    }

    private sealed class SignallingWriter : StringWriter
    {
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            lock (this)
            {
                base.WriteLine(value);
                _changed.TrySetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public string Snapshot()
        {
            lock (this)
                return ToString();
        }

        public async Task UntilAsync(Func<string, bool> condition)
        {
            while (true)
            {
                Task changed;
                lock (this)
                {
                    if (condition(ToString()))
                        return;
                    changed = _changed.Task;
                }

                await changed;
            }
        }
    }
}
