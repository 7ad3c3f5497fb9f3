namespace Platform.Storage.Sqlite;

/// <summary>Something for the writer to do, and the promise of its outcome.</summary>
internal abstract class WriteOperation
{
    private readonly TaskCompletionSource<WriteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteResult _outcome;
    private StorageException? _refusal;

    public Task<WriteResult> Completion => _completion.Task;

    /// <summary>Bytes that it adds to a transaction.</summary>
    public virtual int Size => 0;

    /// <summary>Whether it must see everything before it published, so that it gets a transaction of its own.</summary>
    public virtual bool Alone => false;

    /// <summary>Decides and writes. A <see cref="StorageException"/> is for this operation alone.</summary>
    public void Run(WriteTransaction transaction)
    {
        try
        {
            _outcome = Apply(transaction);
        }
        catch (StorageException exception)
        {
            _refusal = exception;
        }
    }

    /// <summary>Tells the caller, once the transaction has been committed.</summary>
    public void Acknowledge()
    {
        if (_refusal is null)
            _completion.SetResult(_outcome);
        else
            _completion.SetException(_refusal);
    }

    /// <summary>Tells the caller that nothing was written.</summary>
    public void Fail(StorageException failure) => _completion.SetException(failure);

    protected abstract WriteResult Apply(WriteTransaction transaction);
}

/// <summary>Creates a key (expected revision 0) or replaces it.</summary>
internal sealed class PutOperation(string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease) : WriteOperation
{
    public override int Size => value.Length;

    protected override WriteResult Apply(WriteTransaction transaction)
    {
        var existing = transaction.Find(key);
        if (expectedRevision == 0 && existing is not null)
            return new(0, StorageError.Exists);
        if (expectedRevision != 0 && existing is null)
            return new(0, StorageError.NotFound);
        if (existing is not null && existing.ModRevision != expectedRevision)
            return new(0, StorageError.Conflict);
        return transaction.Put(existing, key, value, cause, lease);
    }
}

/// <summary>Deletes a key. Its last value was read beforehand: at the expected revision it is what it is.</summary>
internal sealed class DeleteOperation(string key, ReadOnlyMemory<byte> lastValue, long expectedRevision, Cause cause) : WriteOperation
{
    protected override WriteResult Apply(WriteTransaction transaction) => transaction.Find(key) switch
    {
        null => new(0, StorageError.NotFound),
        { } existing when existing.ModRevision != expectedRevision => new(0, StorageError.Conflict),
        { } existing => transaction.Delete(existing, lastValue, cause),
    };
}

/// <summary>Makes a lease durable that has been granted in memory.</summary>
internal sealed class GrantLeaseOperation(long lease, TimeSpan timeToLive) : WriteOperation
{
    protected override WriteResult Apply(WriteTransaction transaction)
    {
        transaction.Connection().AddLease(lease, timeToLive);
        return default;
    }
}

/// <summary>Ends a lease and deletes its keys, all or nothing.</summary>
internal sealed class EndLeaseOperation(long lease, Cause cause) : WriteOperation
{
    public override bool Alone => true;

    protected override WriteResult Apply(WriteTransaction transaction)
    {
        foreach (var key in transaction.Leases.KeysOf(lease))
        {
            if (transaction.Find(key) is not { } existing)
                continue;
            transaction.Delete(existing, transaction.Connection().ValueOf(existing.ModRevision), cause);
        }

        transaction.Connection().RemoveLease(lease);
        transaction.AfterCommit(() => transaction.Leases.Remove(lease));
        return default;
    }
}

/// <summary>Moves the horizon of watches and of reads at old revisions.</summary>
internal sealed class CompactOperation(long revision) : WriteOperation
{
    public override bool Alone => true;

    protected override WriteResult Apply(WriteTransaction transaction)
    {
        var state = transaction.State;
        if (revision > state.Current.Revision)
            throw StorageErrors.Future(revision, state.Current.Revision);
        if (revision < state.Horizon || (revision == state.Horizon && revision > StoreState.FirstRevision))
            throw StorageErrors.Compacted(revision, state.Horizon);
        transaction.Connection().SetMeta(Schema.Horizon, revision);
        transaction.AfterCommit(() =>
        {
            state.MoveHorizon(revision);
            state.Feed.DropUpTo(revision);
        });
        return default;
    }
}
