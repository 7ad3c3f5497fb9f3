using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>
/// The loop of those parts of the API server that look after objects themselves: it works once, and again after every change of what it follows, several changes between two
/// runs being one. A watch that ended has missed something, and a run that failed has left something; both begin anew.
/// </summary>
/// <param name="caches">Where changes are seen.</param>
/// <param name="followed">The resources whose changes matter.</param>
/// <param name="clock">Times the pause after a failure.</param>
internal sealed class ChangeLoop(WatchCaches caches, IReadOnlyList<ResourceDefinition> followed, TimeProvider clock)
{
    /// <summary>Pause after a failure of the store.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs until canceled.</summary>
    /// <param name="work">What is done. It must find out by itself what there is to do.</param>
    /// <param name="failed">Told why the work could not be done now, before it is tried again.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, Action<string> failed, CancellationToken stoppingToken)
    {
        await caches.Loaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var watches = followed.Select(definition => new Watch(caches.Of(definition))).ToList();
            try
            {
                do
                {
                    foreach (var watch in watches)
                        watch.Drain();
                    await work(stoppingToken);
                }
                while (await await Task.WhenAny(watches.Select(watch => watch.NextAsync(stoppingToken))));
            }
            catch (Exception e) when (e is StorageException or ApiException)
            {
                failed(e.Message);
                await Task.Delay(RetryDelay, clock, stoppingToken);
            }
            finally
            {
                foreach (var watch in watches)
                    watch.End();
            }
        }
    }

    private sealed class Watch(ResourceCache cache)
    {
        private readonly Watcher _watcher = cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        private Task<bool>? _next;

        /// <summary>True when something has changed, false when the watch has ended. One wait lasts until then, however often another watch comes first.</summary>
        public Task<bool> NextAsync(CancellationToken cancellationToken) =>
            _next is { IsCompleted: false } ? _next : _next = _watcher.Queue.WaitToReadAsync(cancellationToken).AsTask();

        public void Drain()
        {
            while (_watcher.Queue.TryRead(out _))
            {
            }
        }

        public void End() => cache.Remove(_watcher);
    }
}
