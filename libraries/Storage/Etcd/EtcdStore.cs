using Google.Protobuf;
using Platform.Grpc;
using Platform.Storage.Etcd.Wire;

namespace Platform.Storage.Etcd;

/// <summary>
/// The engine over an etcd cluster, 3.4 or later. Values lie under their own keys as they are, so that etcd's tools can read them; the cause
/// of a commit and a copy of its value for history are written in the same transaction (<see cref="HistoryKeys"/>). All
/// watches of the process are served from one watch of everything (<see cref="EtcdWatches"/>).
/// </summary>
public sealed class EtcdStore : IRevisionedStore
{
    /// <summary>A larger value is not copied into history: etcd takes requests up to 1.5 MiB. Bytes.</summary>
    private const int LargestCopy = 512 << 10;

    private const int PageSize = 1000; // keys asked for at once where the caller wants all
    private static readonly Version Oldest = new(3, 4);

    private readonly EtcdClient _client;
    private readonly TimeProvider _clock;
    private readonly EtcdWatches _watches;
    private readonly EtcdHistory _history;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _background;

    private EtcdStore(EtcdClient client, EtcdOptions options, TimeProvider clock, long revision)
    {
        _client = client;
        _clock = clock;
        _watches = new EtcdWatches(client, clock, revision);
        _history = new EtcdHistory(client, options.History, clock);
        _background = Task.WhenAll(
            _watches.FollowAsync(_closing.Token), new EtcdHousekeeping(this, _history, options, clock).RunAsync(_closing.Token));
    }

    /// <summary>Connects to the cluster.</summary>
    /// <exception cref="StorageException">Unavailable: no member answers, or it is older than 3.4.</exception>
    public static async ValueTask<EtcdStore> OpenAsync(EtcdOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var client = new EtcdClient(options);
        try
        {
            var status = await client.ReadAsync(EtcdMethods.Status, new StatusRequest(), cancellationToken);
            if (!Version.TryParse(status.Version.Split('-')[0], out var version) || version < Oldest)
                throw new StorageException(StorageError.Unavailable, $"etcd is {status.Version}; at least {Oldest} is needed");
            return new EtcdStore(client, options, clock, await client.RevisionAsync(cancellationToken));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default) => new(_client.RevisionAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<StoredValue?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default)
    {
        var response = await ReadAsync(new RangeRequest { Key = Encode(key), Revision = revision }, cancellationToken);
        return response.Kvs.Count > 0 ? CommitDecoder.Decode(response.Kvs[0]) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken = default)
    {
        var items = new List<StoredValue>();
        var start = query.After is { } after && string.CompareOrdinal(after, query.Prefix) >= 0 ? after + '\0' : query.Prefix;
        var request = new RangeRequest { Key = Encode(start), RangeEnd = EtcdRange.EndOfPrefix(Encode(query.Prefix)), Revision = query.Revision };
        while (true)
        {
            request.Limit = query.Limit > 0 ? query.Limit : PageSize;
            var response = await ReadAsync(request, cancellationToken);
            items.AddRange(response.Kvs.Select(CommitDecoder.Decode));
            if (request.Revision == 0)
                request.Revision = response.Header.Revision;
            if (query.Limit > 0 || !response.More)
                return new RangePage(items, request.Revision, response.Count - response.Kvs.Count);
            request.Key = Encode(items[^1].Key + '\0');
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        var bytes = ByteString.CopyFrom(value.Span);
        var (revision, existing) = await CommitAsync(key, 0, Put(key, bytes, lease), StorageEventType.Created, bytes, cause, cancellationToken);
        return revision > 0 ? new(revision, StorageError.None) : new(0, StorageError.Exists, existing);
    }

    /// <inheritdoc/>
    public async ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease = 0, CancellationToken cancellationToken = default)
    {
        var bytes = ByteString.CopyFrom(value.Span);
        return Replaced(await CommitAsync(
            key, expectedRevision, Put(key, bytes, lease), StorageEventType.Updated, bytes, cause, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<WriteResult> DeleteAsync(
        string key, long expectedRevision, Cause cause, CancellationToken cancellationToken = default)
    {
        var removal = new RequestOp { RequestDeleteRange = new DeleteRangeRequest { Key = Encode(key) } };
        return Replaced(await CommitAsync(
            key, expectedRevision, removal, StorageEventType.Deleted, ByteString.Empty, cause, cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StorageBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default) =>
        _watches.WatchAsync(prefix, afterRevision, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        try
        {
            await _client.WriteAsync(EtcdMethods.Compact, new CompactionRequest { Revision = revision }, cancellationToken);
        }
        catch (StorageException failure) when (failure.Error == StorageError.Compacted)
        {
            throw await WithOldestAsync(revision, failure, cancellationToken);
        }

        _watches.Forget(revision);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<HistoricalRevision> HistoryAsync(string key, CancellationToken cancellationToken = default) =>
        _history.ReadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        var seconds = (long)Math.Ceiling(timeToLive.TotalSeconds);
        return (await _client.WriteAsync(EtcdMethods.LeaseGrant, new LeaseGrantRequest { TTL = seconds }, cancellationToken)).ID;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken = default)
    {
        var member = _client.Current;
        try
        {
            await using var call = _client.Open(EtcdMethods.LeaseKeepAlive);
            await call.WriteAsync(new LeaseKeepAliveRequest { ID = lease });
            return await call.ReadAsync(cancellationToken) is { TTL: > 0 };
        }
        catch (RpcException failure)
        {
            _client.TurnFrom(member);
            throw EtcdErrors.From(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RevokeLeaseAsync(long lease, CancellationToken cancellationToken = default)
    {
        try
        {
            await _client.WriteAsync(EtcdMethods.LeaseRevoke, new LeaseRevokeRequest { ID = lease }, cancellationToken);
        }
        catch (StorageException failure) when (failure.Error == StorageError.NotFound)
        {
            return; // it has ended by itself, which is what the caller wants
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync();
        await _watches.CloseAsync(StorageErrors.Closed());
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a failure has gone to the watches
        _client.Dispose();
    }

    private static ByteString Encode(string key) => ByteString.CopyFromUtf8(key);

    private static RequestOp Put(string key, ByteString value, long lease) =>
        new() { RequestPut = new PutRequest { Key = Encode(key), Value = value, Lease = lease } };

    private static WriteResult Replaced((long Revision, StoredValue? Existing) outcome) => outcome switch
    {
        ( > 0, _) => new(outcome.Revision, StorageError.None),
        (_, null) => new(0, StorageError.NotFound),
        _ => new(0, StorageError.Conflict, outcome.Existing),
    };

    /// <summary>Does the operation if the key was last written at the expected revision (0: does not exist); else says what is there.</summary>
    private async Task<(long Revision, StoredValue? Existing)> CommitAsync(
        string key, long expected, RequestOp operation, StorageEventType type, ByteString value, Cause cause, CancellationToken cancellationToken)
    {
        if (expected <= 0 && type != StorageEventType.Created)
            return (0, await GetAsync(key, 0, cancellationToken));
        var compare = new Compare { Key = Encode(key), Target = Compare.Types.CompareTarget.Mod, ModRevision = expected };
        var entry = new PutRequest
        {
            Key = Encode(HistoryKeys.For(key, type, cause, expected)),
            Value = CommitDecoder.Entry(type, value, cause, LargestCopy).ToByteString(),
        };
        var response = await _client.WriteAsync(EtcdMethods.Txn, new TxnRequest
        {
            Compare = { compare },
            Success = { operation, new RequestOp { RequestPut = entry } },
            Failure = { new RequestOp { RequestRange = new RangeRequest { Key = Encode(key) } } },
        }, cancellationToken);
        if (response.Succeeded)
            return (response.Header.Revision, null);
        var found = response.Responses[0].ResponseRange.Kvs;
        return (0, found.Count > 0 ? CommitDecoder.Decode(found[0]) : null);
    }

    private async Task<RangeResponse> ReadAsync(RangeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.ReadAsync(EtcdMethods.Range, request, cancellationToken);
        }
        catch (StorageException failure) when (failure.Error == StorageError.Compacted)
        {
            throw await WithOldestAsync(request.Revision, failure, cancellationToken);
        }
    }

    // Only a watch that asks for a compacted revision is told which one is the oldest.
    private async Task<StorageException> WithOldestAsync(long revision, StorageException failure, CancellationToken cancellationToken)
    {
        try
        {
            await using var probe = new ResumingWatch(_client, _clock, 0);
            await probe.NextAsync(cancellationToken);
            return failure;
        }
        catch (StorageException compacted) when (compacted.Error == StorageError.Compacted)
        {
            return StorageErrors.Compacted(revision, compacted.OldestRevision);
        }
    }
}
