using System.Runtime.CompilerServices;
using Google.Protobuf;
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
        var response = await client.ReadAsync(EtcdMethods.Range, new RangeRequest
        {
            Key = HistoryKeys.First(key),
            RangeEnd = HistoryKeys.End(key),
            SortTarget = RangeRequest.Types.SortTarget.Mod,
            SortOrder = RangeRequest.Types.SortOrder.Descend,
            Limit = policy.MaxRevisions,
        }, cancellationToken);
        var entries = response.Kvs.Select(pair => (pair.ModRevision, Entry: HistoryEntry.Parser.ParseFrom(pair.Value))).ToList();
        var times = entries.ConvertAll(e => (CommitDecoder.CauseOf(e.Entry).At, e.Entry.Type == (int)StorageEventType.Deleted));
        foreach (var (revision, entry) in entries.Take(HistoryRetention.Kept(times, policy, clock.GetUtcNow())))
        {
            var value = entry.ValueElsewhere ? await ValueAtAsync(key, revision, cancellationToken) : entry.Value.Memory;
            if (value is { } found)
                yield return new HistoricalRevision(revision, (StorageEventType)entry.Type, found, CommitDecoder.CauseOf(entry));
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
        var ofKey = new List<(KeyValue Pair, DateTimeOffset At, bool Deletion)>();
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

                ofKey.Add((pair, entry.At, entry.Deletion));
            }

            if (!page.More)
                break;
            request.Key = ByteString.CopyFrom([.. page.Kvs[^1].Key.Span, 0]);
        }

        await RemoveOldAsync(ofKey, cancellationToken);
    }

    private async Task RemoveOldAsync(List<(KeyValue Pair, DateTimeOffset At, bool Deletion)> entries, CancellationToken cancellationToken)
    {
        entries.Sort((x, y) => y.Pair.ModRevision.CompareTo(x.Pair.ModRevision));
        var kept = HistoryRetention.Kept(entries.ConvertAll(e => (e.At, e.Deletion)), policy, clock.GetUtcNow());
        foreach (var chunk in entries.Skip(kept).Chunk(MaxRemovalsInTransaction))
        {
            var removal = new TxnRequest();
            foreach (var (pair, _, _) in chunk)
                removal.Success.Add(new RequestOp { RequestDeleteRange = new DeleteRangeRequest { Key = pair.Key } });
            await client.WriteAsync(EtcdMethods.Txn, removal, cancellationToken);
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
}
