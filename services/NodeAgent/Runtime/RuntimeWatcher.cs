using Platform.NodeAgent.Pods;

namespace Platform.NodeAgent.Runtime;

/// <summary>
/// Wakes the workers of pods of which something changed in the runtime. A runtime with events tells; of others (containerd before 1.7) the
/// states are listed about every second, and only while there are pods.
/// </summary>
internal sealed partial class RuntimeWatcher(IContainerRuntime runtime, PodWorkers workers, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ListPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private HashSet<RuntimeItem> _last = [];
    private bool _unreachable;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await FollowEventsAsync(cancellationToken);
        }
        catch (NotSupportedException)
        {
            LogListing(logger, ListPeriod.TotalSeconds);
        }

        using var timer = new PeriodicTimer(ListPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (workers.Count > 0)
                await ListAsync(cancellationToken);
        }
    }

    private async Task FollowEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var uid in runtime.WatchAsync(cancellationToken))
                workers.Wake(uid);
        }
        catch (RuntimeException e)
        {
            LogUnreachable(logger, e.Message);
        }

        // Events are lost while nobody listens: everything is looked at anew.
        await Task.Delay(Retry, time, cancellationToken);
        workers.WakeAll();
    }

    internal async Task ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var items = (await runtime.ListAsync(cancellationToken)).ToHashSet();
            var changed = items.Except(_last).Concat(_last.Except(items)).Select(i => i.PodUid).ToHashSet();
            _last = items;
            foreach (var uid in changed)
                workers.Wake(uid);
            if (_unreachable)
                workers.WakeAll();
            _unreachable = false;
        }
        catch (RuntimeException e)
        {
            if (!_unreachable)
                LogUnreachable(logger, e.Message);
            _unreachable = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The runtime has no events; listing its containers every {Seconds} s")]
    private static partial void LogListing(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runtime does not answer: {Error}")]
    private static partial void LogUnreachable(ILogger logger, string error);
}
