using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>
/// Stand-in for Aspire's app host where its packages cannot be restored: the same calls, for exactly what the app host of this
/// repository uses. It starts each resource as a child process once what it waits for is healthy, prefixes its output with its
/// name, restarts it when it ends unasked, and stops everything in reverse order on SIGINT or SIGTERM.
/// </summary>
public sealed class DistributedApplication
{
    private readonly IReadOnlyList<ProcessResource> _resources;
    private readonly TimeProvider _time;

    internal DistributedApplication(IReadOnlyList<ProcessResource> resources, TimeProvider time)
    {
        _resources = resources;
        _time = time;
    }

    /// <summary>Begins to describe an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Runs until the process is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until the process is told to stop, or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var orchestrator = new Orchestrator(_resources, Console.Out, _time);
        await orchestrator.RunAsync(stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
