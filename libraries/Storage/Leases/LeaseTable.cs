namespace Platform.Storage.Leases;

/// <summary>
/// The leases of a local engine: when each ends and which keys it holds. One timer waits for the earliest end. Keeping a lease alive
/// only moves its end; the timer finds that out when it looks, so that it costs nothing to do often.
/// </summary>
internal sealed class LeaseTable : IDisposable
{
    /// <summary>User in the cause of the deletions that the end of a lease makes.</summary>
    public const string User = "system:lease";

    private readonly TimeProvider _clock;
    private readonly Action<long> _onEnded;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Lease> _leases = [];
    private readonly Dictionary<string, long> _leaseOfKey = new(StringComparer.Ordinal);
    private readonly PriorityQueue<long, DateTimeOffset> _ends = new();
    private readonly ITimer _timer;
    private long _lastId;

    /// <param name="clock">Clock.</param>
    /// <param name="onEnded">Called by the timer with a lease whose time is over; it is to delete the keys and call <see cref="Remove"/>.</param>
    public LeaseTable(TimeProvider clock, Action<long> onEnded)
    {
        _clock = clock;
        _onEnded = onEnded;
        _timer = clock.CreateTimer(_ => EndOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes a lease and says its id.</summary>
    public long Grant(TimeSpan timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        lock (_gate)
        {
            var id = ++_lastId;
            Start(id, timeToLive);
            return id;
        }
    }

    /// <summary>Takes over a lease that was granted before the store was opened, with its full time before it.</summary>
    public void Restore(long id, TimeSpan timeToLive)
    {
        lock (_gate)
        {
            _lastId = Math.Max(_lastId, id);
            Start(id, timeToLive);
        }
    }

    public bool Exists(long id)
    {
        lock (_gate)
            return _leases.ContainsKey(id);
    }

    public bool KeepAlive(long id)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(id, out var lease))
                return false;
            lease.EndsAt = _clock.GetUtcNow() + lease.TimeToLive;
            return true;
        }
    }

    /// <summary>Records that a key was written with a lease (0: without), or is gone (0). False where the lease does not exist.</summary>
    public bool Attach(string key, long id)
    {
        lock (_gate)
        {
            if (id == 0 && _leaseOfKey.Count == 0)
                return true;
            if (id != 0 && !_leases.ContainsKey(id))
                return false;
            if (_leaseOfKey.Remove(key, out var before) && _leases.TryGetValue(before, out var former))
                former.Keys.Remove(key);
            if (id == 0)
                return true;
            _leaseOfKey[key] = id;
            _leases[id].Keys.Add(key);
            return true;
        }
    }

    /// <summary>The keys that a lease holds, in order.</summary>
    public IReadOnlyList<string> KeysOf(long id)
    {
        lock (_gate)
            return _leases.TryGetValue(id, out var lease) ? [.. lease.Keys.Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Forgets a lease.</summary>
    public void Remove(long id)
    {
        lock (_gate)
        {
            if (!_leases.Remove(id, out var lease))
                return;
            foreach (var key in lease.Keys)
                _leaseOfKey.Remove(key);
        }
    }

    /// <summary>Ends a lease once more after its time to live: its keys could not be deleted.</summary>
    public void EndLater(long id)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(id, out var lease))
                return;
            _ends.Enqueue(id, _clock.GetUtcNow() + lease.TimeToLive);
            Schedule();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Start(long id, TimeSpan timeToLive)
    {
        var lease = new Lease(timeToLive) { EndsAt = _clock.GetUtcNow() + timeToLive };
        _leases.Add(id, lease);
        _ends.Enqueue(id, lease.EndsAt);
        Schedule();
    }

    private void EndOverdue()
    {
        List<long> overdue = [];
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            while (_ends.TryPeek(out var id, out var end) && end <= now)
            {
                _ends.Dequeue();
                if (!_leases.TryGetValue(id, out var lease))
                    continue;
                if (lease.EndsAt > now)
                    _ends.Enqueue(id, lease.EndsAt);
                else
                    overdue.Add(id);
            }

            Schedule();
        }

        foreach (var id in overdue)
            _onEnded(id);
    }

    private void Schedule()
    {
        if (!_ends.TryPeek(out _, out var end))
            return;
        var wait = end - _clock.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Lease(TimeSpan timeToLive)
    {
        public TimeSpan TimeToLive { get; } = timeToLive;

        public DateTimeOffset EndsAt { get; set; }

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
    }
}
