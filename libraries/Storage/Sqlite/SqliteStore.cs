using System.Runtime.CompilerServices;
using Platform.Storage.Commits;
using Platform.Storage.Leases;

namespace Platform.Storage.Sqlite;

/// <summary>
/// The embedded engine: one file, durable when a write is acknowledged, nothing to install.
///
/// All keys and their revisions are in memory, values are on disk. So a write is decided without reading; a read of the present goes
/// straight to its row; only a read at an old revision searches. Watches follow the feed of recent commits in memory, and the table
/// when they are further behind. See <see cref="CommitWriter"/> for the way of a write.
/// </summary>
public sealed class SqliteStore : IRevisionedStore
{
    /// <summary>How long watches can be resumed at least, unless said otherwise: as with upstream's API server.</summary>
    public static readonly TimeSpan DefaultCompactionInterval = TimeSpan.FromMinutes(5);

    private readonly IDisposable _folderLock;
    private readonly TimeProvider _clock;
    private readonly HistoryPolicy _policy;
    private readonly LeaseTable _leases;
    private readonly CommitWriter _writer;
    private readonly ReaderPool _readers;
    private readonly StoreReads _reads;
    private readonly AutomaticCompaction _compaction;
    private readonly StoreState _state;
    private int _disposed;

    private SqliteStore(string directory, TimeProvider clock, HistoryPolicy policy, TimeSpan compactionInterval)
    {
        _clock = clock;
        _policy = policy;
        _folderLock = StoreLock.Take(directory);
        _leases = new(clock, OnLeaseEnded);
        try
        {
            _writer = new(directory, clock, policy, _leases);
        }
        catch
        {
            _leases.Dispose();
            _folderLock.Dispose();
            throw;
        }

        _readers = new(directory);
        _state = _writer.State;
        _reads = new(_state, _readers);
        _compaction = new(_state, _writer, clock, compactionInterval);
    }

    /// <summary>Opens the store in a folder, which is made where it does not exist.</summary>
    /// <exception cref="StorageException">Unavailable: in use by another process, damaged, of another format, or not writable.</exception>
    public static SqliteStore Open(
        string directory, TimeProvider? clock = null, HistoryPolicy? history = null, TimeSpan? compactionInterval = null)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new(directory, clock ?? TimeProvider.System, history ?? HistoryPolicy.Default, compactionInterval ?? DefaultCompactionInterval);
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToStorageException(directory, "be opened");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageError.Unavailable, $"the store in {directory} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <inheritdoc />
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(_state.Current.Revision);
    }

    /// <inheritdoc />
    public ValueTask<StoredValue?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _reads.GetAsync(key, revision, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _reads.RangeAsync(query, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<WriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var result = _state.Current.Keys.Find(key) is null
            ? await _writer.WriteAsync(new PutOperation(key, value, 0, cause, lease), cancellationToken)
            : new(0, StorageError.Exists);
        return await WithCurrentAsync(key, result, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var result = Refusal(key, expectedRevision)
            ?? await _writer.WriteAsync(new PutOperation(key, value, expectedRevision, cause, lease), cancellationToken);
        return await WithCurrentAsync(key, result, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<WriteResult> DeleteAsync(string key, long expectedRevision, Cause cause, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (Refusal(key, expectedRevision) is { } refusal)
            return await WithCurrentAsync(key, refusal, cancellationToken);
        var existing = await GetAsync(key, 0, cancellationToken);
        if (existing?.ModRevision != expectedRevision)
            return await WithCurrentAsync(key, Refusal(key, expectedRevision) ?? throw StoreReads.Overwritten(), cancellationToken);
        var result = await _writer.WriteAsync(new DeleteOperation(key, existing.Value, expectedRevision, cause), cancellationToken);
        return await WithCurrentAsync(key, result, cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StorageBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cursor = Math.Max(afterRevision, StoreState.FirstRevision);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _state.ThrowIfCompacted(cursor);
            var batch = _state.Feed.Read(prefix, cursor);
            if (batch is null)
            {
                var (after, upTo) = (cursor, _state.Feed.Head);
                batch = await _readers.ReadAsync(reader => reader.EventsAfter(prefix, after, upTo), cancellationToken);
                _state.ThrowIfCompacted(cursor);
            }

            if (batch.Revision > cursor)
            {
                cursor = batch.Revision;
                yield return batch;
            }
            else
            {
                await _state.Feed.WaitBeyondAsync(cursor, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        await _writer.WriteAsync(new CompactOperation(revision), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<HistoricalRevision> HistoryAsync(
        string key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        // Rows are trimmed when the horizon moves; until then the policy holds for what is shown.
        var sieve = new HistorySieve(_policy, _clock.GetUtcNow());
        foreach (var revision in await _readers.ReadAsync(reader => reader.History(key, sieve), cancellationToken))
        {
            if (revision.Type == StorageEventType.Deleted)
                yield return revision;
            else if (await _readers.ReadAsync(reader => reader.Value(revision.Revision), cancellationToken) is { } stored)
                yield return revision with { Value = stored.Value };
        }
    }

    /// <inheritdoc />
    public async ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var lease = _leases.Grant(timeToLive);
        try
        {
            await _writer.WriteAsync(new GrantLeaseOperation(lease, timeToLive), cancellationToken);
            return lease;
        }
        catch
        {
            _leases.Remove(lease);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return new(_leases.KeepAlive(lease));
    }

    /// <inheritdoc />
    public async ValueTask RevokeLeaseAsync(long lease, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        await _writer.WriteAsync(EndOf(lease), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return default;
        _compaction.Dispose();
        _leases.Dispose();
        _writer.Dispose();
        _state.Feed.Close(StorageErrors.Closed());
        _readers.Dispose();
        _folderLock.Dispose();
        return default;
    }

    private WriteResult? Refusal(string key, long expectedRevision) => _state.Current.Keys.Find(key) switch
    {
        null => new(0, StorageError.NotFound),
        { } existing when existing.ModRevision != expectedRevision => new(0, StorageError.Conflict),
        _ => null,
    };

    private async ValueTask<WriteResult> WithCurrentAsync(string key, WriteResult result, CancellationToken cancellationToken) =>
        result.Error switch
    {
        StorageError.Exists => result with { Current = await GetAsync(key, 0, cancellationToken) },
        StorageError.Conflict => await GetAsync(key, 0, cancellationToken) is { } current
            ? result with { Current = current }
            : new(0, StorageError.NotFound),
        _ => result,
    };

    private EndLeaseOperation EndOf(long lease) => new(lease, new(null, LeaseTable.User, _clock.GetUtcNow()));

    /// <summary>On the timer's thread: the deletion is queued, and should it fail the lease is tried again after its time.</summary>
    private async void OnLeaseEnded(long lease)
    {
        try
        {
            await _writer.WriteAsync(EndOf(lease), CancellationToken.None);
        }
        catch (StorageException) when (Volatile.Read(ref _disposed) == 0)
        {
            _leases.EndLater(lease);
        }
        catch (StorageException) when (Volatile.Read(ref _disposed) != 0)
        {
            // The store was closed; the lease goes on when it is opened again.
        }
    }

    private void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _disposed) != 0)
            throw StorageErrors.Closed();
    }
}
