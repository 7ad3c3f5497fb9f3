namespace Platform.Storage.Etcd;

/// <summary>
/// Keeps etcd from growing without end: compacts what is older than one interval, as the upstream API server does, and clears old history
/// away. Several API servers may do this side by side: the second to compact a revision is refused, which is as good.
/// </summary>
internal sealed class EtcdHousekeeping(EtcdStore store, EtcdHistory history, EtcdOptions options, TimeProvider clock)
{
    private static readonly TimeSpan ClearInterval = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clearing = EveryAsync(ClearInterval, () => history.ClearAsync(cancellationToken), cancellationToken);
        if (options.CompactionInterval is not { } interval)
        {
            await clearing;
            return;
        }

        long earlier = 0;
        await Task.WhenAll(clearing, EveryAsync(interval, async () =>
        {
            var now = await store.CurrentRevisionAsync(cancellationToken);
            var last = earlier;
            earlier = now;
            if (last > 0)
                await store.CompactAsync(last, cancellationToken);
        }, cancellationToken));
    }

    private async Task EveryAsync(TimeSpan interval, Func<Task> work, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await work();
            }
            catch (StorageException failure) when (failure.Error is StorageError.Unavailable or StorageError.Compacted)
            {
                continue; // done by another server, or for the next round
            }
        }
    }
}
