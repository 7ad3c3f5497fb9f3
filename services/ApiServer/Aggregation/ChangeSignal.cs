using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Aggregation;

/// <summary>Tells that something of some resources has changed, without saying what. Several changes between two waits are one.</summary>
internal sealed class ChangeSignal(WatchCaches caches) : IDisposable
{
    private readonly Dictionary<ResourceDefinition, Watcher> _watchers = [];
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Also tells of changes of this resource from now on.</summary>
    public void Follow(ResourceDefinition definition)
    {
        lock (_watchers)
        {
            if (_watchers.ContainsKey(definition))
                return;
        }

        var watcher = Begin(definition);
        _ = ReadAsync(definition, watcher);
    }

    /// <summary>Waits for a change since the wait before, for so long at most.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over, and nothing has changed.
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        lock (_watchers)
        {
            foreach (var (definition, watcher) in _watchers)
                caches.Of(definition).Remove(watcher);
        }
    }

    // A watch that was cut off, or ended because everything was listed anew, is a change like any other, and begins again.
    private async Task ReadAsync(ResourceDefinition definition, Watcher watcher)
    {
        while (!_ending.IsCancellationRequested)
        {
            while (await watcher.Queue.WaitToReadAsync())
            {
                while (watcher.Queue.TryRead(out _))
                {
                }

                Set();
            }

            if (_ending.IsCancellationRequested)
                return;
            caches.Of(definition).Remove(watcher);
            watcher = Begin(definition);
            Set();
        }
    }

    private Watcher Begin(ResourceDefinition definition)
    {
        var watcher = caches.Of(definition).WatchFromNow(Selection.Everything, sendInitialEvents: false);
        lock (_watchers)
            _watchers[definition] = watcher;
        return watcher;
    }

    private void Set()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }
}
