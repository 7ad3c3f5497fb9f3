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

    private readonly Lock gate = new();
    private readonly RevisionRing<StorageEvent> ring = new(head + 1);
    private TaskCompletionSource changed = NewSignal();
    private StorageException? closed;
    private long bytes;

    /// <summary>Revision of the newest commit.</summary>
    public long Head
    {
        get { lock (gate) return ring.Next - 1; }
    }

    /// <summary>The oldest revision after which every commit is still here.</summary>
    public long Oldest
    {
        get { lock (gate) return ring.First - 1; }
    }

    /// <summary>Adds commits whose revisions follow the head, then wakes the watchers once.</summary>
    public void Publish(params ReadOnlySpan<StorageEvent> commits)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            foreach (var commit in commits)
            {
                if (commit.Revision != ring.Next) throw new InvalidOperationException($"commit {commit.Revision} published after {ring.Next - 1}");
                ring.Append(commit);
                bytes += Size(commit);
            }

            while (ring.Count > 1 && (ring.Count > maxCommits || bytes > maxBytes)) bytes -= Size(ring.DropFirst());
            signal = changed;
            changed = NewSignal();
        }

        signal.SetResult();
    }

    /// <summary>Forgets the commits up to a revision.</summary>
    public void DropUpTo(long revision)
    {
        lock (gate)
        {
            while (ring.Count > 0 && ring.First <= revision) bytes -= Size(ring.DropFirst());
        }
    }

    /// <summary>
    /// The next commits after a revision under a prefix. Null where they are no longer here. A batch whose revision is not greater than
    /// <paramref name="after"/> means that there is nothing new.
    /// </summary>
    public StorageBatch? Read(string prefix, long after)
    {
        lock (gate)
        {
            if (closed is not null) throw closed;
            if (after >= ring.Next - 1) return new([], after);
            if (after < ring.First - 1) return null;
            List<StorageEvent>? events = null;
            var end = Math.Min(ring.Next - 1, after + MaxScannedCommits);
            for (var revision = after + 1; revision <= end; revision++)
            {
                var commit = ring[revision];
                if (!commit.Key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                (events ??= []).Add(commit);
                if (events.Count == MaxBatchEvents) return new(events, revision);
            }

            return new(events ?? (IReadOnlyList<StorageEvent>)[], end);
        }
    }

    /// <summary>The commit with a revision, where it is still here.</summary>
    public StorageEvent? Find(long revision)
    {
        lock (gate) return revision >= ring.First && revision < ring.Next ? ring[revision] : null;
    }

    /// <summary>Completes when there are commits after a revision.</summary>
    public Task WaitBeyondAsync(long after, CancellationToken cancellationToken)
    {
        Task signal;
        lock (gate)
        {
            if (closed is not null) return Task.FromException(closed);
            if (ring.Next - 1 > after) return Task.CompletedTask;
            signal = changed.Task;
        }

        return signal.WaitAsync(cancellationToken);
    }

    /// <summary>Ends every watch with an error.</summary>
    public void Close(StorageException reason)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            closed ??= reason;
            signal = changed;
            changed = NewSignal();
        }

        signal.SetResult();
    }

    private static long Size(StorageEvent commit) => commit.Value.Length + commit.Key.Length + EventOverhead;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
