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

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly KeyHistory _history;
    private readonly LeaseTable _leases;
    private readonly CommitFeed _feed;
    private readonly RevisionRing<KeyMap<StoredValue>> _snapshots = new(FirstRevision);
    private volatile Snapshot _current = new(FirstRevision, KeyMap<StoredValue>.Empty);
    private volatile bool _disposed;

    /// <summary>Makes an empty store.</summary>
    public InMemoryStore(
        TimeProvider? clock = null, HistoryPolicy? history = null, int maxCommits = DefaultMaxCommits, long maxCommitBytes = DefaultMaxCommitBytes)
    {
        _clock = clock ?? TimeProvider.System;
        _history = new(history ?? HistoryPolicy.Default, _clock);
        _leases = new(_clock, EndLease);
        _feed = new(FirstRevision, maxCommits, maxCommitBytes);
        _snapshots.Append(KeyMap<StoredValue>.Empty);
    }

    /// <inheritdoc />
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(_current.Revision);
    }

    /// <inheritdoc />
    public ValueTask<StoredValue?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        new(At(revision).Values.Find(key));

    /// <inheritdoc />
    public ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken = default)
    {
        var (revision, values) = At(query.Revision);
        var (items, _, remaining) = KeyRange.Page(values, query);
        return new(new RangePage([.. items], revision, remaining));
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_current.Values.Find(key) is { } existing)
                return new(new WriteResult(0, StorageError.Exists, existing));
            return new(Put(null, key, value, cause, lease));
        }
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            var existing = _current.Values.Find(key);
            return new(Refusal(existing, expectedRevision) ?? Put(existing, key, value, cause, lease));
        }
    }

    /// <inheritdoc />
    public ValueTask<WriteResult> DeleteAsync(string key, long expectedRevision, Cause cause, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            var existing = _current.Values.Find(key);
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
            var batch = _feed.Read(prefix, cursor) ?? throw StorageErrors.Compacted(cursor, _feed.Oldest);
            if (batch.Revision > cursor)
            {
                cursor = batch.Revision;
                yield return batch;
            }
            else
            {
                await _feed.WaitBeyondAsync(cursor, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (revision > _current.Revision)
                throw StorageErrors.Future(revision, _current.Revision);
            if (revision <= _feed.Oldest && _feed.Oldest > FirstRevision)
                throw StorageErrors.Compacted(revision, _feed.Oldest);
            _feed.DropUpTo(revision);
            TrimSnapshots();
        }

        return default;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<HistoricalRevision> HistoryAsync(
        string key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        HistoricalRevision[] revisions;
        lock (_gate)
        {
            ThrowIfDisposed();
            revisions = _history.Of(key);
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
        return new(_leases.Grant(timeToLive));
    }

    /// <inheritdoc />
    public ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(_leases.KeepAlive(lease));
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
        _disposed = true;
        _leases.Dispose();
        _feed.Close(StorageErrors.Closed());
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
        var now = _current;
        if (revision == 0 || revision == now.Revision)
            return now;
        lock (_gate)
        {
            if (revision > _current.Revision)
                throw StorageErrors.Future(revision, _current.Revision);
            if (revision < _snapshots.First)
                throw StorageErrors.Compacted(revision, _snapshots.First);
            return new(revision, _snapshots[revision]);
        }
    }

    private WriteResult Put(StoredValue? existing, string key, ReadOnlyMemory<byte> value, Cause cause, long lease)
    {
        if (!_leases.Attach(key, lease))
            throw StorageErrors.NoLease(lease);
        var revision = _current.Revision + 1;
        var created = existing?.CreateRevision ?? revision;
        var type = existing is null ? StorageEventType.Created : StorageEventType.Updated;
        return Commit(_current.Values.Put(new(key, value, created, revision)), new(type, key, value, revision, created, cause));
    }

    private WriteResult Remove(StoredValue existing, Cause cause)
    {
        _leases.Attach(existing.Key, 0);
        var gone = new StorageEvent(
            StorageEventType.Deleted, existing.Key, existing.Value, _current.Revision + 1, existing.CreateRevision, cause);
        return Commit(_current.Values.Remove(existing.Key), gone);
    }

    private WriteResult Commit(KeyMap<StoredValue> values, StorageEvent commit)
    {
        _snapshots.Append(values);
        _history.Add(commit);
        _current = new(commit.Revision, values);
        _feed.Publish(commit);
        TrimSnapshots();
        return new(commit.Revision, StorageError.None);
    }

    private void TrimSnapshots()
    {
        for (var oldest = _feed.Oldest; _snapshots.First < oldest;)
            _snapshots.DropFirst();
    }

    private void EndLease(long lease)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var cause = new Cause(null, LeaseTable.User, _clock.GetUtcNow());
            foreach (var key in _leases.KeysOf(lease))
            {
                if (_current.Values.Find(key) is { } existing)
                    Remove(existing, cause);
            }

            _leases.Remove(lease);
        }
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw StorageErrors.Closed();
    }

    private sealed record Snapshot(long Revision, KeyMap<StoredValue> Values);
}
