using Platform.Storage.Commits;
using Platform.Storage.Leases;

namespace Platform.Storage.Sqlite;

/// <summary>
/// Many writes that share one fsync. Each is decided against the keys as the writes before it left them; nothing becomes visible
/// before the commit, and a failure leaves the published state as it was.
/// </summary>
internal sealed class WriteTransaction(WriterConnection connection, StoreState state, LeaseTable leases, DateTimeOffset now)
{
    private readonly List<StorageEvent> _commits = [];
    private readonly List<Action> _afterCommit = [];
    private KeyMap<StoredValue> _keys = state.Current.Keys;
    private bool _begun;

    public StoreState State => state;

    public LeaseTable Leases => leases;

    public long Revision { get; private set; } = state.Current.Revision;

    public StoredValue? Find(string key) => _keys.Find(key);

    /// <summary>Writes a key, new or not.</summary>
    public WriteResult Put(StoredValue? existing, string key, ReadOnlyMemory<byte> value, Cause cause, long lease)
    {
        if (lease != 0 && !leases.Exists(lease))
            throw StorageErrors.NoLease(lease);
        var type = existing is null ? StorageEventType.Created : StorageEventType.Updated;
        var revision = Revision + 1;
        var created = existing?.CreateRevision ?? revision;
        Append(new(type, key, value, revision, created, cause), existing, lease);
        _keys = _keys.Put(new(existing?.Key ?? key, default, created, revision));
        return new(revision, StorageError.None);
    }

    /// <summary>Removes a key.</summary>
    public WriteResult Delete(StoredValue existing, ReadOnlyMemory<byte> lastValue, Cause cause)
    {
        var gone = new StorageEvent(StorageEventType.Deleted, existing.Key, lastValue, Revision + 1, existing.CreateRevision, cause);
        Append(gone, existing, 0);
        _keys = _keys.Remove(existing.Key);
        return new(gone.Revision, StorageError.None);
    }

    /// <summary>The connection for statements of an operation's own, inside the transaction.</summary>
    public WriterConnection Connection()
    {
        if (!_begun)
            connection.Begin();
        _begun = true;
        return connection;
    }

    /// <summary>Something to do in memory once the transaction has been committed.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Makes everything durable, then visible. Writes are acknowledged after this.</summary>
    public void Commit()
    {
        if (_begun)
            connection.Commit();
        foreach (var action in _afterCommit)
            action();
        if (_commits.Count > 0)
            state.Publish(_keys, _commits.ToArray());
    }

    private void Append(StorageEvent commit, StoredValue? existing, long lease)
    {
        Connection().Append(commit, existing?.ModRevision ?? 0, lease, now);
        Revision = commit.Revision;
        _commits.Add(commit);
        _afterCommit.Add(() => leases.Attach(commit.Key, lease));
    }
}
