using System.Runtime.CompilerServices;
using Platform.Grpc;

namespace Platform.Storage.Etcd;

/// <summary>
/// All watches of the process, served from one watch of everything in etcd and the log of what it brought. A watcher that begins before the
/// log, or has fallen out of it, reads from etcd by a watch of its own until it has caught up.
/// </summary>
internal sealed class EtcdWatches(EtcdClient client, TimeProvider clock, long revision)
{
    /// <summary>Commits kept in memory; a watcher that needs older ones reads them from etcd.</summary>
    private const int MaxLoggedEvents = 20_000;

    private const long MaxLoggedBytes = 64L << 20;

    private readonly CommitLog _log = new(revision, MaxLoggedEvents, MaxLoggedBytes);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The commits after a revision under a prefix.</summary>
    public async IAsyncEnumerable<StorageBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = Math.Max(afterRevision, 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_log.Read(prefix, cursor) is not { } batch)
            {
                await foreach (var earlier in CatchUpAsync(prefix, cursor, cancellationToken))
                {
                    cursor = earlier.Revision;
                    yield return earlier;
                }
            }
            else if (batch.Revision > cursor)
            {
                cursor = batch.Revision;
                yield return batch;
            }
            else
            {
                await _log.WaitBeyondAsync(cursor, cancellationToken);
            }
        }
    }

    /// <summary>Keeps the log up to date; ends when cancelled, or with what makes watching impossible, which all watches then get.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await using var watch = new ResumingWatch(client, clock, _log.Head);
                try
                {
                    while (true)
                        _log.Publish(await watch.NextAsync(cancellationToken));
                }
                catch (StorageException failure) when (failure.Error == StorageError.Compacted)
                {
                    // Cut off for longer than etcd keeps commits: watchers that are behind are told Compacted by their own catching up.
                    _log.Restart(await client.RevisionAsync(cancellationToken));
                }
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await CloseAsync(failure as StorageException
                ?? new StorageException(StorageError.Unavailable, $"watching etcd failed: {failure.Message}", failure));
        }
    }

    /// <summary>Commits up to a revision have been compacted.</summary>
    public void Forget(long upTo) => _log.DropUpTo(upTo);

    /// <summary>Ends every watch with an error.</summary>
    public async Task CloseAsync(StorageException reason)
    {
        _log.Close(reason);
        await _closing.CancelAsync();
    }

    private async IAsyncEnumerable<StorageBatch> CatchUpAsync(
        string prefix, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await using var watch = new ResumingWatch(client, clock, after);
        for (var cursor = after; !_log.Covers(cursor);)
        {
            StorageBatch batch;
            try
            {
                batch = await watch.NextAsync(either.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                throw StorageErrors.Closed();
            }
            catch (RpcException failure)
            {
                throw EtcdErrors.From(failure);
            }

            cursor = batch.Revision;
            yield return batch with { Events = [.. batch.Events.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal))] };
        }
    }
}
