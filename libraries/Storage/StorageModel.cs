namespace Platform.Storage;

/// <summary>Why a revision exists: kept beside it, never inside the value.</summary>
/// <param name="TraceParent">W3C trace context of the request that made it; null where that was not traced.</param>
/// <param name="User">Name of the authenticated user.</param>
/// <param name="At">When the request was made.</param>
public readonly record struct Cause(string? TraceParent, string User, DateTimeOffset At)
{
    /// <summary>
    /// Whether the commit changed only what is observed (a status, a heartbeat), nothing that somebody wants. History keeps the last of several
    /// such commits in a row, and does not count it.
    /// </summary>
    public bool Minor { get; init; }
}

/// <summary>A key's value as one commit left it.</summary>
/// <param name="Key">Key.</param>
/// <param name="Value">Value; never changed after it was handed out.</param>
/// <param name="CreateRevision">Revision of the commit that created the key.</param>
/// <param name="ModRevision">Revision of the commit that wrote this value.</param>
public sealed record StoredValue(string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision) : IKeyed;

/// <summary>What to read from a range.</summary>
/// <param name="Prefix">Only keys that start with it.</param>
/// <param name="After">Only keys greater than this one: the last key of the page before.</param>
/// <param name="Limit">At most so many keys; 0 for all.</param>
/// <param name="Revision">Revision to read at; 0 for now.</param>
public sealed record RangeQuery(string Prefix, string? After = null, int Limit = 0, long Revision = 0);

/// <summary>A page of a range.</summary>
/// <param name="Items">Values in key order.</param>
/// <param name="Revision">Revision at which they were read; go on with it.</param>
/// <param name="Remaining">How many further keys the range has behind this page.</param>
public sealed record RangePage(IReadOnlyList<StoredValue> Items, long Revision, long Remaining);

/// <summary>Outcome of a write.</summary>
/// <param name="Revision">Revision of the commit; 0 where there was none.</param>
/// <param name="Error">None, NotFound, Exists or Conflict.</param>
/// <param name="Current">The present value where there was a conflict.</param>
public readonly record struct WriteResult(long Revision, StorageError Error, StoredValue? Current = null);

/// <summary>What a commit did to a key.</summary>
public enum StorageEventType
{
    /// <summary>The key did not exist before.</summary>
    Created,

    /// <summary>The key had another value before.</summary>
    Updated,

    /// <summary>The key is gone.</summary>
    Deleted,
}

/// <summary>One key changed by one commit.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Key">Key.</param>
/// <param name="Value">New value; for a deletion the last one.</param>
/// <param name="Revision">Revision of the commit.</param>
/// <param name="CreateRevision">Revision at which the key was created.</param>
/// <param name="Cause">Why.</param>
public sealed record StorageEvent(StorageEventType Type, string Key, ReadOnlyMemory<byte> Value, long Revision, long CreateRevision, Cause Cause);

/// <summary>Commits in order. Everything up to <see cref="Revision"/> has been delivered with it.</summary>
/// <param name="Events">Events with ascending revisions; may be empty.</param>
/// <param name="Revision">Progress of the watch.</param>
public sealed record StorageBatch(IReadOnlyList<StorageEvent> Events, long Revision);

/// <summary>A retained revision of a key.</summary>
/// <param name="Revision">Revision of the commit.</param>
/// <param name="Type">What the commit did.</param>
/// <param name="Value">Value then; empty for a deletion.</param>
/// <param name="Cause">Why.</param>
public sealed record HistoricalRevision(long Revision, StorageEventType Type, ReadOnlyMemory<byte> Value, Cause Cause);

/// <summary>Everything that can go wrong with a store.</summary>
public enum StorageError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The key does not exist.</summary>
    NotFound,

    /// <summary>The key exists.</summary>
    Exists,

    /// <summary>The key was written after the expected revision.</summary>
    Conflict,

    /// <summary>The revision is no longer held.</summary>
    Compacted,

    /// <summary>The revision has not been reached.</summary>
    FutureRevision,

    /// <summary>The store cannot be reached, or cannot write (a full disk).</summary>
    Unavailable,
}

/// <summary>A failure that is not an outcome of the write itself.</summary>
public sealed class StorageException(StorageError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Kind of the failure.</summary>
    public StorageError Error { get; } = error;

    /// <summary>For <see cref="StorageError.Compacted"/>: the oldest revision that can still be read.</summary>
    public long OldestRevision { get; init; }
}
