namespace Platform.Storage.Commits;

/// <summary>
/// The newest commits of a store, held in memory, and the one signal that wakes all its watchers.
///
/// A watcher is nothing but a cursor into the shared ring: it has no queue of its own, so that publishing a commit costs the same
/// with one watcher as with a thousand, and a slow watcher can neither block the writer nor hold memory. What is bounded is the ring;
/// a watcher whose cursor has left it must read elsewhere or start anew.
/// </summary>
internal sealed class CommitFeed(long head, int maxCommits, long maxBytes)
{
    /// <summary>Events in one batch at most.</summary>
    public const int MaxBatchEvents = 512;

    /// <summary>Commits that one read looks at under the lock, whether they match or not.</summary>
    private const int MaxScannedCommits = 4096;

    /// <summary>What an event costs beside its value, roughly, in bytes.</summary>
    private const int EventOverhead = 200;

    private readonly Lock _gate = new();
    private readonly RevisionRing<StorageEvent> _ring = new(head + 1);
    private TaskCompletionSource _changed = NewSignal();
    private StorageException? _closed;
    private long _bytes;

    /// <summary>Revision of the newest commit.</summary>
    public long Head
    {
        get { lock (_gate)
            return _ring.Next - 1; }
    }

    /// <summary>The oldest revision after which every commit is still here.</summary>
    public long Oldest
    {
        get { lock (_gate)
            return _ring.First - 1; }
    }

    /// <summary>Adds commits whose revisions follow the head, then wakes the watchers once.</summary>
    public void Publish(params ReadOnlySpan<StorageEvent> commits)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            foreach (var commit in commits)
            {
                if (commit.Revision != _ring.Next)
                    throw new InvalidOperationException($"commit {commit.Revision} published after {_ring.Next - 1}");
                _ring.Append(commit);
                _bytes += Size(commit);
            }

            while (_ring.Count > 1 && (_ring.Count > maxCommits || _bytes > maxBytes))
                _bytes -= Size(_ring.DropFirst());
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    /// <summary>Forgets the commits up to a revision.</summary>
    public void DropUpTo(long revision)
    {
        lock (_gate)
        {
            while (_ring.Count > 0 && _ring.First <= revision)
                _bytes -= Size(_ring.DropFirst());
        }
    }

    /// <summary>
    /// The next commits after a revision under a prefix. Null where they are no longer here. A batch whose revision is not greater than
    /// <paramref name="after"/> means that there is nothing new.
    /// </summary>
    public StorageBatch? Read(string prefix, long after)
    {
        lock (_gate)
        {
            if (_closed is not null)
                throw _closed;
            if (after >= _ring.Next - 1)
                return new([], after);
            if (after < _ring.First - 1)
                return null;
            List<StorageEvent>? events = null;
            var end = Math.Min(_ring.Next - 1, after + MaxScannedCommits);
            for (var revision = after + 1; revision <= end; revision++)
            {
                var commit = _ring[revision];
                if (!commit.Key.StartsWith(prefix, StringComparison.Ordinal))
                    continue;
                (events ??= []).Add(commit);
                if (events.Count == MaxBatchEvents)
                    return new(events, revision);
            }

            return new(events ?? (IReadOnlyList<StorageEvent>)[], end);
        }
    }

    /// <summary>The commit with a revision, where it is still here.</summary>
    public StorageEvent? Find(long revision)
    {
        lock (_gate)
            return revision >= _ring.First && revision < _ring.Next ? _ring[revision] : null;
    }

    /// <summary>Completes when there are commits after a revision.</summary>
    public Task WaitBeyondAsync(long after, CancellationToken cancellationToken)
    {
        Task signal;
        lock (_gate)
        {
            if (_closed is not null)
                return Task.FromException(_closed);
            if (_ring.Next - 1 > after)
                return Task.CompletedTask;
            signal = _changed.Task;
        }

        return signal.WaitAsync(cancellationToken);
    }

    /// <summary>Ends every watch with an error.</summary>
    public void Close(StorageException reason)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _closed ??= reason;
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    private static long Size(StorageEvent commit) => commit.Value.Length + commit.Key.Length + EventOverhead;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
