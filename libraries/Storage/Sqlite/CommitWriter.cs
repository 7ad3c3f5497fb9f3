using System.Threading.Channels;
using Platform.Storage.Leases;

namespace Platform.Storage.Sqlite;

/// <summary>
/// The one writer. A thread of its own drains a bounded queue: whatever has gathered while the last transaction was being synced to
/// disk becomes the next one, so that the more writers there are, the more of them share an fsync, and a single one never waits for others.
///
/// When SQLite fails (a full disk, an I/O error), every write of the transaction fails and the connection is given up, which rolls back.
/// The next write opens another one and first takes over from the file what the failed commit may have left there after all; then memory
/// and file agree again. So the store recovers by itself with the first write that finds space.
/// </summary>
internal sealed class CommitWriter : IDisposable
{
    /// <summary>Operations that may wait; more wait with their callers.</summary>
    private const int MaxQueued = 1_024;

    /// <summary>Operations in one transaction.</summary>
    private const int MaxTransactionOperations = 512;

    /// <summary>Bytes of values in one transaction, after which it is closed.</summary>
    private const int MaxTransactionBytes = 8 << 20;

    /// <summary>Transactions after which retention gets a step even though writes are waiting.</summary>
    private const int TransactionsPerRetentionStep = 64;

    // Synchronous continuations wake the writer's thread at once instead of through the thread pool, which may be busy.
    private readonly Channel<WriteOperation> _queue = Channel.CreateBounded<WriteOperation>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly HistoryPolicy _policy;
    private readonly LeaseTable _leases;
    private readonly Checkpointer _checkpointer;
    private readonly Thread _thread;
    private WriterConnection? _connection;
    private Retention? _retention;
    private WriteOperation? _held;
    private int _transactions;

    public CommitWriter(string directory, TimeProvider clock, HistoryPolicy policy, LeaseTable leases)
    {
        _directory = directory;
        _clock = clock;
        _policy = policy;
        _leases = leases;
        _connection = new(directory);
        try
        {
            State = StoreLoader.Load(directory, _connection, leases);
            StartRetention(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _checkpointer = new(directory);
        _thread = new(Run) { IsBackground = true, Name = "store-writer" };
        _thread.Start();
    }

    public StoreState State { get; }

    /// <summary>Hands an operation to the writer and waits until it is durable, or refused.</summary>
    public async ValueTask<WriteResult> WriteAsync(WriteOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(operation, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw StorageErrors.Closed();
        }

        // Once queued the write happens whether its caller waits or not.
        return await operation.Completion;
    }

    /// <summary>Finishes what is queued and closes the file.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        _checkpointer.Dispose();
        _connection?.Dispose();
    }

    private void Run()
    {
        List<WriteOperation> batch = new(MaxTransactionOperations);
        while (Take(batch))
        {
            Commit(batch);
            batch.Clear();
            if (++_transactions % TransactionsPerRetentionStep == 0)
                StepRetention();
        }
    }

    private bool Take(List<WriteOperation> batch)
    {
        while (_held is null && !_queue.Reader.TryPeek(out _))
        {
            if (StepRetention())
                continue;
            if (!_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                return false;
        }

        var bytes = 0;
        while (batch.Count < MaxTransactionOperations && bytes < MaxTransactionBytes)
        {
            var operation = _held;
            _held = null;
            if (operation is null && !_queue.Reader.TryRead(out operation))
                break;
            if (operation.Alone && batch.Count > 0)
            {
                _held = operation;
                break;
            }

            batch.Add(operation);
            bytes += operation.Size;
            if (operation.Alone)
                break;
        }

        return true;
    }

    private void Commit(List<WriteOperation> batch)
    {
        try
        {
            _connection ??= Reconnect();
            var horizon = State.Horizon;
            var transaction = new WriteTransaction(_connection, State, _leases, _clock.GetUtcNow());
            foreach (var operation in batch)
                operation.Run(transaction);
            transaction.Commit();
            foreach (var operation in batch)
                operation.Acknowledge();
            _checkpointer.Written(batch.Sum(operation => (long)operation.Size));
            if (State.Horizon > horizon)
                _retention!.Start();
        }
        catch (SqliteFailure failure)
        {
            GiveUp();
            var unavailable = failure.ToStorageException(_directory, "write");
            foreach (var operation in batch.Where(operation => !operation.Completion.IsCompleted))
                operation.Fail(unavailable);
        }
    }

    private bool StepRetention()
    {
        if (_retention is not { HasWork: true })
            return false;
        try
        {
            _retention.Step();
            return true;
        }
        catch (SqliteFailure)
        {
            // Whatever keeps it from deleting rows fails the next write too, which tells its caller; retention starts anew after that.
            GiveUp();
            return false;
        }
    }

    private void GiveUp()
    {
        _connection?.Dispose();
        _connection = null;
        _retention = null;
    }

    private WriterConnection Reconnect()
    {
        var opened = new WriterConnection(_directory);
        try
        {
            TakeOver();
            StartRetention(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Publishes the commits that are in the file although they were reported as failed.</summary>
    private void TakeOver()
    {
        using var reader = new RevisionReader(_directory);
        while (reader.EventsAfter("", State.Current.Revision, long.MaxValue) is { Events: { Count: > 0 } events })
        {
            var keys = State.Current.Keys;
            foreach (var commit in events)
            {
                var existing = keys.Find(commit.Key);
                keys = commit.Type == StorageEventType.Deleted
                    ? keys.Remove(existing!.Key)
                    : keys.Put(new(commit.Key, default, commit.CreateRevision, commit.Revision));
            }

            State.Publish(keys, events.ToArray());
        }
    }

    private void StartRetention(WriterConnection on)
    {
        _retention = new(on, _policy, State, _clock);
        _retention.Start();
    }
}
