using Google.Protobuf;
using Platform.Storage.Etcd.Wire;
using Platform.Storage.Leases;

namespace Platform.Storage.Etcd;

/// <summary>From etcd's key-values and events to the contract's, a commit's cause found in the entry beside it.</summary>
internal static class CommitDecoder
{
    /// <summary>Events of whole revisions, in order.</summary>
    public static StorageBatch Decode(IReadOnlyList<Event> events, TimeProvider clock)
    {
        var causes = new Dictionary<(string Key, long Revision), Cause>();
        foreach (var commit in events)
        {
            if (commit.Type == Event.Types.EventType.Put && IsPrivate(commit.Kv.Key) && HistoryKeys.Parse(commit.Kv.Key) is { } entry)
                causes[(entry.Key, commit.Kv.ModRevision)] = CauseOf(HistoryEntry.Parser.ParseFrom(commit.Kv.Value));
        }

        var decoded = new List<StorageEvent>(events.Count);
        foreach (var commit in events)
        {
            if (IsPrivate(commit.Kv.Key))
                continue;
            var key = commit.Kv.Key.ToStringUtf8();

            // Only the end of a lease, or someone else's hand in etcd, changes a key without an entry.
            if (!causes.TryGetValue((key, commit.Kv.ModRevision), out var cause))
                cause = new Cause(null, LeaseTable.User, clock.GetUtcNow());
            decoded.Add(Decode(commit, key, cause));
        }

        return new StorageBatch(decoded, events[^1].Kv.ModRevision);
    }

    public static StoredValue Decode(KeyValue pair) =>
        new(pair.Key.ToStringUtf8(), pair.Value.Memory, pair.CreateRevision, pair.ModRevision);

    public static HistoryEntry Entry(StorageEventType type, ByteString value, Cause cause, int largestCopy) => new()
    {
        Type = (int)type,
        Traceparent = cause.TraceParent ?? string.Empty,
        User = cause.User,
        At = cause.At.UtcTicks,
        Value = value.Length <= largestCopy ? value : ByteString.Empty,
        ValueElsewhere = value.Length > largestCopy,
        Minor = cause.Minor,
    };

    public static Cause CauseOf(HistoryEntry entry) =>
        new(entry.Traceparent.Length > 0 ? entry.Traceparent : null, entry.User, new DateTimeOffset(entry.At, TimeSpan.Zero)) { Minor = entry.Minor };

    private static bool IsPrivate(ByteString key) => key.Span.StartsWith(HistoryKeys.PrefixBytes);

    private static StorageEvent Decode(Event commit, string key, Cause cause)
    {
        var revision = commit.Kv.ModRevision;
        if (commit.Type == Event.Types.EventType.Delete)
        {
            var value = commit.PrevKv?.Value.Memory ?? ReadOnlyMemory<byte>.Empty; // compacted already
            return new StorageEvent(StorageEventType.Deleted, key, value, revision, commit.PrevKv?.CreateRevision ?? 0, cause);
        }

        var type = commit.Kv.CreateRevision == revision ? StorageEventType.Created : StorageEventType.Updated;
        return new StorageEvent(type, key, commit.Kv.Value.Memory, revision, commit.Kv.CreateRevision, cause);
    }
}
