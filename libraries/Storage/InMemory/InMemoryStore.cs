using System.Runtime.CompilerServices;
using Platform.Storage.Commits;
using Platform.Storage.Leases;

namespace Platform.Storage.InMemory;

/// <summary>
/// The engine for tests, simulation and throw-away clusters. Every commit makes a new persistent sorted set that shares all but a path
/// of nodes with the one before; the sets of the recent commits are kept beside their events, so that a read at an old revision
/// is a read of another set, takes no lock and never waits for a writer.
/// </summary>
public sealed class InMemoryStore : IRevisionedStore
{
    /// <summary>Commits kept for watches and reads at old revisions; older ones are compacted by themselves.</summary>
    public const int DefaultMaxCommits = 50_000;

    /// <summary>Bytes of commits kept for the same purpose.</summary>
    public const long DefaultMaxCommitBytes = 256L << 20;

    /// <summary>As in etcd an empty store is at revision 1, since 0 means "now" or "any" everywhere.</summary>
    private const long FirstRevision = 1;

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly KeyHistory history;
    private readonly LeaseTable leases;
    private readonly CommitFeed feed;
    private readonly RevisionRing<ValueSet> snapshots = new(FirstRevision);
    private volatile Snapshot current = new(FirstRevision, ValueSet.Empty);
    private volatile bool disposed;

    /// <summary>Makes an empty store.</summary>
    public InMemoryStore(
        TimeProvider? clock = null, HistoryPolicy? history = null, int maxCommits = DefaultMaxCommits, long maxCommitBytes = DefaultMaxCommitBytes)
    {
        this.clock = clock ?? TimeProvider.System;
        this.history = new(history ?? HistoryPolicy.Default, this.clock);
        leases = new(this.clock, EndLease);
        feed = new(FirstRevision, maxCommits, maxCommitBytes);
        snapshots.Append(ValueSet.Empty);
    }

    /// <inheritdoc />
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(current.Revision);
    }

    /// <inheritdoc />
    public ValueTask<StoredValue?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        new(At(revision).Values.Find(key));

    /// <inheritdoc />
    public ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken = default)
    {
        var (revision, values) = At(query.Revision);
        var (start, taken, remaining) = values.Page(query);
        var items = new StoredValue[taken];
        for (var i = 0; i < taken; i++) items[i] = values[start + i];
        return new(new RangePage(items, revision, remaining));
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            if (current.Values.Find(key) is { } existing) return new(new WriteResult(0, StorageError.Exists, existing));
            return new(Put(null, key, value, cause, lease));
        }
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            var existing = current.Values.Find(key);
            return new(Refusal(existing, expectedRevision) ?? Put(existing, key, value, cause, lease));
        }
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> DeleteAsync(string key, long expectedRevision, Cause cause, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            var existing = current.Values.Find(key);
            return new(Refusal(existing, expectedRevision) ?? Remove(existing!, cause));
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StorageBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cursor = Math.Max(afterRevision, FirstRevision);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = feed.Read(prefix, cursor) ?? throw StorageErrors.Compacted(cursor, feed.Oldest);
            if (batch.Revision > cursor)
            {
                cursor = batch.Revision;
                yield return batch;
            }
            else
            {
                await feed.WaitBeyondAsync(cursor, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            if (revision > current.Revision) throw StorageErrors.Future(revision, current.Revision);
            if (revision <= feed.Oldest && feed.Oldest > FirstRevision) throw StorageErrors.Compacted(revision, feed.Oldest);
            feed.DropUpTo(revision);
            TrimSnapshots();
        }

        return default;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<HistoricalRevision> HistoryAsync(
        string key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        HistoricalRevision[] revisions;
        lock (gate)
        {
            ThrowIfDisposed();
            revisions = history.Of(key);
        }

        await ValueTask.CompletedTask;
        foreach (var revision in revisions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return revision;
        }
    }

    /// <inheritdoc />
    public ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(leases.Grant(timeToLive));
    }

    /// <inheritdoc />
    public ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(leases.KeepAlive(lease));
    }

    /// <inheritdoc />
    public ValueTask RevokeLeaseAsync(long lease, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        EndLease(lease);
        return default;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        disposed = true;
        leases.Dispose();
        feed.Close(StorageErrors.Closed());
        return default;
    }

    private static WriteResult? Refusal(StoredValue? existing, long expectedRevision) => existing switch
    {
        null => new WriteResult(0, StorageError.NotFound),
        _ when existing.ModRevision != expectedRevision => new WriteResult(0, StorageError.Conflict, existing),
        _ => null,
    };

    private Snapshot At(long revision)
    {
        ThrowIfDisposed();
        var now = current;
        if (revision == 0 || revision == now.Revision) return now;
        lock (gate)
        {
            if (revision > current.Revision) throw StorageErrors.Future(revision, current.Revision);
            if (revision < snapshots.First) throw StorageErrors.Compacted(revision, snapshots.First);
            return new(revision, snapshots[revision]);
        }
    }

    private WriteResult Put(StoredValue? existing, string key, ReadOnlyMemory<byte> value, Cause cause, long lease)
    {
        if (!leases.Attach(key, lease)) throw StorageErrors.NoLease(lease);
        var revision = current.Revision + 1;
        var created = existing?.CreateRevision ?? revision;
        var type = existing is null ? StorageEventType.Created : StorageEventType.Updated;
        return Commit(current.Values.With(new(key, value, created, revision), existing), new(type, key, value, revision, created, cause));
    }

    private WriteResult Remove(StoredValue existing, Cause cause)
    {
        leases.Attach(existing.Key, 0);
        var gone = new StorageEvent(
            StorageEventType.Deleted, existing.Key, existing.Value, current.Revision + 1, existing.CreateRevision, cause);
        return Commit(current.Values.Without(existing), gone);
    }

    private WriteResult Commit(ValueSet values, StorageEvent commit)
    {
        snapshots.Append(values);
        history.Add(commit);
        current = new(commit.Revision, values);
        feed.Publish(commit);
        TrimSnapshots();
        return new(commit.Revision, StorageError.None);
    }

    private void TrimSnapshots()
    {
        for (var oldest = feed.Oldest; snapshots.First < oldest;) snapshots.DropFirst();
    }

    private void EndLease(long lease)
    {
        lock (gate)
        {
            if (disposed) return;
            var cause = new Cause(null, LeaseTable.User, clock.GetUtcNow());
            foreach (var key in leases.KeysOf(lease))
            {
                if (current.Values.Find(key) is { } existing) Remove(existing, cause);
            }

            leases.Remove(lease);
        }
    }

    private void ThrowIfDisposed()
    {
        if (disposed) throw StorageErrors.Closed();
    }

    private sealed record Snapshot(long Revision, ValueSet Values);
}
