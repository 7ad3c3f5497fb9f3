using Platform.Api.Errors;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>
/// The metadata of all objects that can be listed, watched and deleted, as one stream of changes. What there is it learns from
/// discovery, again and again, because custom resources come and go; each resource has its own watch. It keeps no objects: only who
/// subscribes knows what it needs of them.
/// </summary>
internal sealed partial class ObjectFeed(MetadataClient client, ResourceDiscovery discovery, TimeProvider clock, ILogger<ObjectFeed> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>Time between two looks at discovery, as upstream.</summary>
    public static readonly TimeSpan DiscoveryPeriod = TimeSpan.FromSeconds(30);

    /// <summary>Time until discovery is tried again where it failed.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Group, string Plural), Monitor> _monitors = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<FeedChange>[] _subscribers = [];
    private IReadOnlyList<ServedResource> _resources = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Every resource that the server has, as of the last look.</summary>
    public IReadOnlyList<ServedResource> Resources
    {
        get
        {
            lock (_gate)
                return _resources;
        }
    }

    /// <summary>Adds a receiver. Call it before the host starts; changes of different resources arrive from different threads.</summary>
    public void Subscribe(Action<FeedChange> receiver)
    {
        lock (_gate)
            _subscribers = [.. _subscribers, receiver];
    }

    /// <summary>Completes when all resources of the first discovery have been listed.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    /// <summary>Whether a resource takes part: its objects can be followed and deleted. Events own nothing and expire on their own.</summary>
    public static bool IsFollowed(ServedResource resource) =>
        resource.Supports("list", "watch", "delete") && resource is not { Plural: "events", Group: "" or "events.k8s.io" };

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = DiscoveryPeriod;
            try
            {
                var discovered = await discovery.DiscoverAsync(cancellationToken);
                if (discovered.Failures.Count > 0)
                    LogIncomplete(string.Join(", ", discovered.Failures.Keys));
                Follow(discovered, cancellationToken);
                ReportSync(cancellationToken);
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or OperationCanceledException)
            {
                if (!cancellationToken.IsCancellationRequested)
                    LogDiscoveryFailed(e.Message);
                wait = RetryPeriod;
            }
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_monitors.Values.Select(m => m.Running));
    }

    private void Follow(DiscoveredResources discovered, CancellationToken cancellationToken)
    {
        lock (_gate)
            _resources = discovered.Resources;
        var wanted = discovered.Resources.Where(IsFollowed).ToDictionary(r => (r.Group, r.Plural));
        foreach (var (key, resource) in wanted)
        {
            if (_monitors.ContainsKey(key))
                continue;
            var monitor = new ResourceMonitor(client, resource, clock, logger, Publish);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _monitors[key] = new(monitor, Task.Run(() => monitor.RunAsync(stop.Token), CancellationToken.None), stop);
        }
        // What is missing from an incomplete answer may still be there.
        if (discovered.Failures.Count > 0)
            return;
        foreach (var key in _monitors.Keys.Where(k => !wanted.ContainsKey(k)).ToArray())
        {
            _monitors[key].Stop.Cancel();
            _monitors.Remove(key);
        }
    }

    private void ReportSync(CancellationToken cancellationToken)
    {
        if (_synced.Task.IsCompleted)
            return;
        var all = Task.WhenAll(_monitors.Values.Select(m => m.Value.Synced));
        all.ContinueWith(_ => _synced.TrySetResult(), cancellationToken, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private void Publish(FeedChange change)
    {
        foreach (var subscriber in _subscribers)
            subscriber(change);
    }

    private sealed record Monitor(ResourceMonitor Value, Task Running, CancellationTokenSource Stop);

    [LoggerMessage(LogLevel.Warning, "discovery failed: {Message}")]
    private partial void LogDiscoveryFailed(string message);

    [LoggerMessage(LogLevel.Warning, "discovery did not answer for {Groups}")]
    private partial void LogIncomplete(string groups);
}
