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
    private readonly Channel<WriteOperation> queue = Channel.CreateBounded<WriteOperation>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly string directory;
    private readonly TimeProvider clock;
    private readonly HistoryPolicy policy;
    private readonly LeaseTable leases;
    private readonly Thread thread;
    private WriterConnection? connection;
    private Retention? retention;
    private WriteOperation? held;
    private int transactions;

    public CommitWriter(string directory, TimeProvider clock, HistoryPolicy policy, LeaseTable leases)
    {
        this.directory = directory;
        this.clock = clock;
        this.policy = policy;
        this.leases = leases;
        connection = new(directory);
        try
        {
            State = StoreLoader.Load(directory, connection, leases);
            StartRetention(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        thread = new(Run) { IsBackground = true, Name = "store-writer" };
        thread.Start();
    }

    public StoreState State { get; }

    /// <summary>Hands an operation to the writer and waits until it is durable, or refused.</summary>
    public async ValueTask<WriteResult> WriteAsync(WriteOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            await queue.Writer.WriteAsync(operation, cancellationToken);
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
        queue.Writer.TryComplete();
        thread.Join();
        connection?.Dispose();
    }

    private void Run()
    {
        List<WriteOperation> batch = new(MaxTransactionOperations);
        while (Take(batch))
        {
            Commit(batch);
            batch.Clear();
            if (++transactions % TransactionsPerRetentionStep == 0) StepRetention();
        }
    }

    private bool Take(List<WriteOperation> batch)
    {
        while (held is null && !queue.Reader.TryPeek(out _))
        {
            if (StepRetention()) continue;
            if (!queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return false;
        }

        var bytes = 0;
        while (batch.Count < MaxTransactionOperations && bytes < MaxTransactionBytes)
        {
            var operation = held;
            held = null;
            if (operation is null && !queue.Reader.TryRead(out operation)) break;
            if (operation.Alone && batch.Count > 0)
            {
                held = operation;
                break;
            }

            batch.Add(operation);
            bytes += operation.Size;
            if (operation.Alone) break;
        }

        return true;
    }

    private void Commit(List<WriteOperation> batch)
    {
        try
        {
            connection ??= Reconnect();
            var horizon = State.Horizon;
            var transaction = new WriteTransaction(connection, State, leases, clock.GetUtcNow());
            foreach (var operation in batch) operation.Run(transaction);
            transaction.Commit();
            foreach (var operation in batch) operation.Acknowledge();
            if (State.Horizon > horizon) retention!.Start();
        }
        catch (SqliteFailure failure)
        {
            GiveUp();
            var unavailable = failure.ToStorageException(directory, "write");
            foreach (var operation in batch.Where(operation => !operation.Completion.IsCompleted)) operation.Fail(unavailable);
        }
    }

    private bool StepRetention()
    {
        if (retention is not { HasWork: true }) return false;
        try
        {
            retention.Step();
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
        connection?.Dispose();
        connection = null;
        retention = null;
    }

    private WriterConnection Reconnect()
    {
        var opened = new WriterConnection(directory);
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
        using var reader = new RevisionReader(directory);
        while (reader.EventsAfter("", State.Current.Revision, long.MaxValue) is { Events: { Count: > 0 } events })
        {
            var keys = State.Current.Keys;
            foreach (var commit in events)
            {
                var existing = keys.Find(commit.Key);
                keys = commit.Type == StorageEventType.Deleted
                    ? keys.Without(existing!)
                    : keys.With(new(commit.Key, default, commit.CreateRevision, commit.Revision), existing);
            }

            State.Publish(keys, events.ToArray());
        }
    }

    private void StartRetention(WriterConnection on)
    {
        retention = new(on, policy, State, clock);
        retention.Start();
    }
}
