namespace Platform.Storage;

/// <summary>
/// A key-value store in which every commit has a revision, one greater than the last. Reads can go back to any revision that has
/// not been compacted; watches deliver commits in revision order from any such revision. All engines pass one contract suite.
/// Keys are UTF-8 text ordered by ordinal comparison; values are opaque.
/// </summary>
public interface IRevisionedStore : IAsyncDisposable
{
    /// <summary>Revision of the newest commit that any earlier acknowledged write made. Linearizable: etcd asks the quorum, local engines answer from memory.</summary>
    /// <exception cref="StorageException">Unavailable.</exception>
    ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default);

    /// <summary>The value of a key at a revision (0: now), or null where the key does not exist then.</summary>
    /// <exception cref="StorageException">Compacted, FutureRevision or Unavailable.</exception>
    ValueTask<StoredValue?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default);

    /// <summary>A page of the keys under a prefix, in key order, all at one revision.</summary>
    /// <exception cref="StorageException">Compacted, FutureRevision or Unavailable.</exception>
    ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken = default);

    /// <summary>Writes a key that must not exist. Errors in the result: Exists.</summary>
    /// <exception cref="StorageException">Unavailable, with the reason, such as a full disk.</exception>
    ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, Cause cause, long lease = 0, CancellationToken cancellationToken = default);

    /// <summary>Replaces a key whose last write was at <paramref name="expectedRevision"/>. Errors in the result: NotFound, Conflict (with the current value).</summary>
    /// <exception cref="StorageException">Unavailable.</exception>
    ValueTask<WriteResult> UpdateAsync(string key, ReadOnlyMemory<byte> value, long expectedRevision, Cause cause, long lease = 0, CancellationToken cancellationToken = default);

    /// <summary>Removes a key whose last write was at <paramref name="expectedRevision"/>. Errors in the result: NotFound, Conflict (with the current value).</summary>
    /// <exception cref="StorageException">Unavailable.</exception>
    ValueTask<WriteResult> DeleteAsync(string key, long expectedRevision, Cause cause, CancellationToken cancellationToken = default);

    /// <summary>
    /// The commits after a revision that touch keys under a prefix, in order, batched as they became available. A batch without
    /// events only reports progress: everything up to its revision has been delivered. Ends with an exception, never silently.
    /// </summary>
    /// <exception cref="StorageException">Compacted where the revision is too old, or the watcher fell so far behind that what it needs is gone; Unavailable.</exception>
    IAsyncEnumerable<StorageBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets what only watches and reads at revisions before <paramref name="revision"/> need. History (<see cref="HistoryAsync"/>) has
    /// its own retention and is not affected.
    /// </summary>
    /// <exception cref="StorageException">Compacted (already), FutureRevision or Unavailable.</exception>
    ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default);

    /// <summary>The retained revisions of a key, newest first, including deletions.</summary>
    IAsyncEnumerable<HistoricalRevision> HistoryAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A lease: keys written with it are deleted when it is not kept alive for <paramref name="timeToLive"/>.</summary>
    /// <returns>The lease's id, greater than 0.</returns>
    ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Restarts the lease's time. False where the lease has ended.</summary>
    ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease and deletes its keys.</summary>
    ValueTask RevokeLeaseAsync(long lease, CancellationToken cancellationToken = default);
}
