using Platform.Api.Core.V1;
using Platform.Client;
using Platform.Client.Leases;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Plugins;
using Platform.Scheduler.Queue;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler;

/// <summary>Puts the scheduler together and runs it while this process leads.</summary>
internal sealed class SchedulerService : BackgroundService
{
    private readonly SchedulingQueue _queue;
    private readonly SchedulingLoop _loop;
    private readonly ILeadership _leadership;
    private readonly Func<CancellationToken, Task> _synced;

    public SchedulerService(
        IApiClient client, IInformerFactory informers, IEventRecorder events, ILeadership leadership, SchedulerOptions options, TimeProvider time, ILogger logger)
    {
        var nodes = informers.For<Node>();
        var pods = informers.For<Pod>(fieldSelector: "status.phase!=Succeeded,status.phase!=Failed");
        var namespaces = informers.For<Namespace>();
        var cache = new ClusterCache(name => namespaces.Get(null, name)?.Metadata.Labels);
        _queue = new(time, [new SchedulingGates()]);
        var placer = new Placer(new Random(options.Seed));
        var reporter = new FailureReporter(client.Resource<Pod>(), events, time);
        _loop = new(_queue, cache, placer, new(client.Resource<Pod>()), reporter, events, logger);
        _leadership = leadership;
        new ClusterWatcher(_queue, cache, options.Names).Watch(nodes, pods);
        _synced = token => Task.WhenAll(nodes.WaitForSyncAsync(token), pods.WaitForSyncAsync(token), namespaces.WaitForSyncAsync(token));
    }

    public override void Dispose()
    {
        _queue.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _synced(stoppingToken);
        await _leadership.WhileLeadingAsync(_loop.RunAsync, stoppingToken);
    }
}

/// <summary>Settings of the scheduler.</summary>
/// <param name="Names">Scheduler names that it answers to.</param>
/// <param name="Seed">Seed of the lots that it draws.</param>
internal sealed record SchedulerOptions(IReadOnlySet<string> Names, int Seed);
