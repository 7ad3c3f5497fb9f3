using System.Runtime.CompilerServices;
using Google.Protobuf;
using Platform.Storage.Commits;
using Platform.Storage.Etcd.Wire;

namespace Platform.Storage.Etcd;

/// <summary>
/// Reads and clears away the entries that commits leave beside their values. What the policy no longer keeps is not shown at once and removed
/// later, by a scan of the entries' keys alone. Not in history: the end of a lease, which etcd makes by itself, and values
/// too large to be kept twice once etcd has compacted them.
/// </summary>
internal sealed class EtcdHistory(EtcdClient client, HistoryPolicy policy, TimeProvider clock)
{
    private const int PageSize = 1000; // entries read at once
    private const int MaxRemovalsInTransaction = 100; // etcd takes 128 operations unless told otherwise

    /// <summary>The revisions of a key that the policy keeps, newest first.</summary>
    public async IAsyncEnumerable<HistoricalRevision> ReadAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new RangeRequest
        {
            Key = HistoryKeys.First(key),
            RangeEnd = HistoryKeys.End(key),
            SortTarget = RangeRequest.Types.SortTarget.Mod,
            SortOrder = RangeRequest.Types.SortOrder.Descend,
            Limit = policy.MaxRevisions,
        };
        var sieve = new HistorySieve(policy, clock.GetUtcNow());
        while (true)
        {
            var page = await client.ReadAsync(EtcdMethods.Range, request, cancellationToken);
            foreach (var pair in page.Kvs)
            {
                var entry = HistoryEntry.Parser.ParseFrom(pair.Value);
                var cause = CommitDecoder.CauseOf(entry);
                var verdict = sieve.Next(cause.At, entry.Type == (int)StorageEventType.Deleted, cause.Minor);
                if (verdict == HistoryVerdict.Forget)
                    yield break;
                if (verdict == HistoryVerdict.Keep
                    && (entry.ValueElsewhere ? await ValueAtAsync(key, pair.ModRevision, cancellationToken) : entry.Value.Memory) is { } value)
                    yield return new HistoricalRevision(pair.ModRevision, (StorageEventType)entry.Type, value, cause);
            }

            if (!page.More)
                yield break;
            request.MaxModRevision = page.Kvs[^1].ModRevision - 1;
        }
    }

    /// <summary>Removes the entries that the policy no longer keeps.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var request = new RangeRequest
        {
            Key = ByteString.CopyFromUtf8(HistoryKeys.Prefix),
            RangeEnd = EtcdRange.EndOfPrefix(ByteString.CopyFromUtf8(HistoryKeys.Prefix)),
            KeysOnly = true,
            Limit = PageSize,
        };
        var ofKey = new List<OldEntry>();
        var currentKey = string.Empty;
        while (true)
        {
            var page = await client.ReadAsync(EtcdMethods.Range, request, cancellationToken);
            foreach (var pair in page.Kvs)
            {
                if (HistoryKeys.Parse(pair.Key) is not { } entry)
                    continue;
                if (entry.Key != currentKey)
                {
                    await RemoveOldAsync(ofKey, cancellationToken);
                    ofKey.Clear();
                    currentKey = entry.Key;
                }

                ofKey.Add(new(pair, entry.At, entry.Deletion, entry.Minor));
            }

            if (!page.More)
                break;
            request.Key = ByteString.CopyFrom([.. page.Kvs[^1].Key.Span, 0]);
        }

        await RemoveOldAsync(ofKey, cancellationToken);
    }

    private async Task RemoveOldAsync(List<OldEntry> entries, CancellationToken cancellationToken)
    {
        entries.Sort((x, y) => y.Pair.ModRevision.CompareTo(x.Pair.ModRevision));
        var sieve = new HistorySieve(policy, clock.GetUtcNow());
        var forgotten = false;
        foreach (var chunk in entries.Where(Goes).Chunk(MaxRemovalsInTransaction))
        {
            var removal = new TxnRequest();
            foreach (var entry in chunk)
                removal.Success.Add(new RequestOp { RequestDeleteRange = new DeleteRangeRequest { Key = entry.Pair.Key } });
            await client.WriteAsync(EtcdMethods.Txn, removal, cancellationToken);
        }

        bool Goes(OldEntry entry)
        {
            var verdict = forgotten ? HistoryVerdict.Forget : sieve.Next(entry.At, entry.Deletion, entry.Minor);
            forgotten = verdict == HistoryVerdict.Forget;
            return verdict != HistoryVerdict.Keep;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ValueAtAsync(string key, long revision, CancellationToken cancellationToken)
    {
        try
        {
            var request = new RangeRequest { Key = ByteString.CopyFromUtf8(key), Revision = revision };
            var response = await client.ReadAsync(EtcdMethods.Range, request, cancellationToken);
            return response.Kvs.Count > 0 ? response.Kvs[0].Value.Memory : default(ReadOnlyMemory<byte>?);
        }
        catch (StorageException failure) when (failure.Error == StorageError.Compacted)
        {
            // The present value survives compaction though its revision can no longer be asked for.
            var response = await client.ReadAsync(EtcdMethods.Range, new RangeRequest { Key = ByteString.CopyFromUtf8(key) }, cancellationToken);
            return response.Kvs.Count > 0 && response.Kvs[0].ModRevision == revision ? response.Kvs[0].Value.Memory : default(ReadOnlyMemory<byte>?);
        }
    }

    private readonly record struct OldEntry(KeyValue Pair, DateTimeOffset At, bool Deletion, bool Minor);
}
