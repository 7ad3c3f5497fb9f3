using Platform.Storage.Commits;

namespace Platform.Storage.Sqlite;

/// <summary>What the writer publishes and everyone reads: the keys that exist now, the feed of recent commits, the compaction horizon.</summary>
internal sealed class StoreState(long revision, KeyMap<StoredValue> keys, long horizon)
{
    /// <summary>Commits kept in memory for watches. A watcher that is further behind reads the table.</summary>
    public const int MaxRecentCommits = 4_096;

    /// <summary>Bytes of commits kept in memory.</summary>
    public const long MaxRecentBytes = 16L << 20;

    /// <summary>As in etcd an empty store is at revision 1, since 0 means "now" or "any" everywhere.</summary>
    public const long FirstRevision = 1;

    private long _horizon = horizon;
    private volatile StoreSnapshot _current = new(revision, keys);

    public CommitFeed Feed { get; } = new(revision, MaxRecentCommits, MaxRecentBytes);

    /// <summary>The present revision and its keys, without values.</summary>
    public StoreSnapshot Current => _current;

    /// <summary>The oldest revision at which reads are possible and after which watches are.</summary>
    public long Horizon => Interlocked.Read(ref _horizon);

    public void MoveHorizon(long revision) => Interlocked.Exchange(ref _horizon, revision);

    public void Publish(KeyMap<StoredValue> keysNow, ReadOnlySpan<StorageEvent> commits)
    {
        _current = new(commits[^1].Revision, keysNow);
        Feed.Publish(commits);
    }

    public void ThrowIfCompacted(long revision)
    {
        if (revision < Horizon)
            throw StorageErrors.Compacted(revision, Horizon);
    }
}

/// <summary>The keys at a revision; values are empty.</summary>
internal sealed record StoreSnapshot(long Revision, KeyMap<StoredValue> Keys);
