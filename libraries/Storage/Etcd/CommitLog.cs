namespace Platform.Storage.Etcd;

/// <summary>
/// The newest commits, in memory, from which all watches of this process are served, so that etcd sends every commit to it once. As the
/// local engines' feed, but a commit may touch several keys (the end of a lease deletes all of its keys at once) and
/// the log can be restarted at a later revision when the connection was lost for too long. A watcher is a cursor; one that has fallen out of
/// the log reads from etcd until it has caught up.
/// </summary>
internal sealed class CommitLog(long head, int maxEvents, long maxBytes)
{
    private const int MaxBatchEvents = 512;
    private const int EventOverhead = 200; // bytes beside value and key, roughly

    private readonly Lock _gate = new();
    private readonly List<StorageEvent> _events = []; // the first _skip of them have been dropped
    private int _skip;
    private long _bytes;
    private long _head = head;
    private long _oldest = head;
    private StorageException? _closed;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Everything up to this revision is known.</summary>
    public long Head
    {
        get { lock (_gate)
            return _head; }
    }

    /// <summary>Whether everything after a revision is here.</summary>
    public bool Covers(long after)
    {
        lock (_gate)
            return after >= _oldest;
    }

    /// <summary>Adds what a watch delivered.</summary>
    public void Publish(StorageBatch batch)
    {
        lock (_gate)
        {
            foreach (var commit in batch.Events)
            {
                _events.Add(commit);
                _bytes += Size(commit);
            }

            _head = Math.Max(_head, batch.Revision);
            while (_events.Count - _skip > maxEvents || (_bytes > maxBytes && _events.Count - _skip > 1))
                DropOldestCommit();
            Signal();
        }
    }

    /// <summary>Forgets the commits up to a revision.</summary>
    public void DropUpTo(long revision)
    {
        lock (_gate)
        {
            while (_skip < _events.Count && _events[_skip].Revision <= revision)
                DropOldestCommit();
            _oldest = Math.Max(_oldest, Math.Min(revision, _head));
        }
    }

    /// <summary>Starts anew at a revision: what came before is not here.</summary>
    public void Restart(long head)
    {
        lock (_gate)
        {
            _events.Clear();
            (_skip, _bytes, _head, _oldest) = (0, 0, head, head);
            Signal();
        }
    }

    /// <summary>The next commits under a prefix; null where they are not here. No greater revision than the cursor: nothing new.</summary>
    public StorageBatch? Read(string prefix, long after)
    {
        lock (_gate)
        {
            if (_closed is not null)
                throw _closed;
            if (after < _oldest)
                return null;
            List<StorageEvent> events = [];
            for (var i = FirstAfter(after); i < _events.Count; i++)
            {
                // Never part of a commit: who continues after the batch's revision would miss the rest.
                if (events.Count >= MaxBatchEvents && _events[i].Revision != _events[i - 1].Revision)
                    return new StorageBatch(events, _events[i - 1].Revision);
                if (_events[i].Key.StartsWith(prefix, StringComparison.Ordinal))
                    events.Add(_events[i]);
            }

            return new StorageBatch(events, Math.Max(after, _head));
        }
    }

    /// <summary>Completes when more than a revision is known.</summary>
    public Task WaitBeyondAsync(long after, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed is not null)
                return Task.FromException(_closed);
            return _head > after ? Task.CompletedTask : _changed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends every watch with an error.</summary>
    public void Close(StorageException reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            Signal();
        }
    }

    private void DropOldestCommit()
    {
        var revision = _events[_skip].Revision;
        while (_skip < _events.Count && _events[_skip].Revision == revision)
        {
            _bytes -= Size(_events[_skip]);
            _events[_skip++] = null!;
        }

        _oldest = Math.Max(_oldest, revision);
        if (_skip <= _events.Count / 2)
            return;
        _events.RemoveRange(0, _skip);
        _skip = 0;
    }

    private int FirstAfter(long revision)
    {
        int low = _skip, high = _events.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].Revision <= revision)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Signal()
    {
        var signal = _changed;
        _changed = NewSignal();
        signal.SetResult();
    }

    private static long Size(StorageEvent commit) => commit.Value.Length + commit.Key.Length + EventOverhead;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
