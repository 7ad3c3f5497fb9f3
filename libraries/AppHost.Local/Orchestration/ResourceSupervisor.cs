using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Keeps one instance of a resource running: starts it, pumps its output, starts it again with back-off when it ends unasked.</summary>
internal sealed class ResourceSupervisor(ProcessResource resource, int replica, ProcessStarter starter, PrefixedOutput output, TimeProvider time)
{
    /// <summary>Time between SIGTERM and SIGKILL.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    /// <summary>A process that ran this long has recovered: the next failure starts at the first back-off again.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    private string Name => resource.Replicas > 1 ? $"{resource.Name}-{replica}" : resource.Name;

    public void Start() => _running = RunAsync();

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        var backOff = FirstBackOff;
        while (!_stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            await RunOnceAsync();
            if (_stopping.IsCancellationRequested)
                return;
            backOff = time.GetElapsedTime(began) > Settled ? FirstBackOff : backOff;
            output.WriteLine(Name, $"ended; it is started again in {backOff.TotalSeconds:0.#} s");
            await Task.Delay(backOff, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
        }
    }

    private async Task RunOnceAsync()
    {
        try
        {
            using var process = starter.Start(StartInfo());
            var pumps = Task.WhenAll(output.PumpAsync(Name, process.StandardOutput), output.PumpAsync(Name, process.StandardError));
            await process.WaitForExitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                await TerminateAsync(process);
            else
                output.WriteLine(Name, $"exit code {process.ExitCode}");
            await pumps.WaitAsync(StopGrace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a grandchild may hold the pipe open
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            output.WriteLine(Name, $"cannot be started: {failure.Message}");
        }
    }

    private async Task TerminateAsync(Process process)
    {
        Signals.Send(process.Id, Signals.Terminate);
        using var patience = new CancellationTokenSource(StopGrace, time);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
            process.Kill(entireProcessTree: false);
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(resource.Command)
        {
            WorkingDirectory = resource.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in resource.Arguments)
            info.ArgumentList.Add(argument);
        info.Environment["OTEL_SERVICE_NAME"] = Name;
        foreach (var (key, value) in resource.Environment)
            info.Environment[key] = value;
        foreach (var endpoint in resource.References.SelectMany(r => r.Endpoints.Select((e, i) => (r.Name, Endpoint: e, Index: i))))
            info.Environment[$"services__{endpoint.Name}__{endpoint.Endpoint.Name}__{endpoint.Index}"] = endpoint.Endpoint.Address.ToString();
        return info;
    }
}
