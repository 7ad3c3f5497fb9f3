namespace Platform.Storage.Leases;

/// <summary>
/// The leases of a local engine: when each ends and which keys it holds. One timer waits for the earliest end. Keeping a lease alive
/// only moves its end; the timer finds that out when it looks, so that it costs nothing to do often.
/// </summary>
internal sealed class LeaseTable : IDisposable
{
    /// <summary>User in the cause of the deletions that the end of a lease makes.</summary>
    public const string User = "system:lease";

    private readonly TimeProvider clock;
    private readonly Action<long> onEnded;
    private readonly Lock gate = new();
    private readonly Dictionary<long, Lease> leases = [];
    private readonly Dictionary<string, long> leaseOfKey = new(StringComparer.Ordinal);
    private readonly PriorityQueue<long, DateTimeOffset> ends = new();
    private readonly ITimer timer;
    private long lastId;

    /// <param name="clock">Clock.</param>
    /// <param name="onEnded">Called by the timer with a lease whose time is over; it is to delete the keys and call <see cref="Remove"/>.</param>
    public LeaseTable(TimeProvider clock, Action<long> onEnded)
    {
        this.clock = clock;
        this.onEnded = onEnded;
        timer = clock.CreateTimer(_ => EndOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes a lease and says its id.</summary>
    public long Grant(TimeSpan timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        lock (gate)
        {
            var id = ++lastId;
            Start(id, timeToLive);
            return id;
        }
    }

    /// <summary>Takes over a lease that was granted before the store was opened, with its full time before it.</summary>
    public void Restore(long id, TimeSpan timeToLive)
    {
        lock (gate)
        {
            lastId = Math.Max(lastId, id);
            Start(id, timeToLive);
        }
    }

    public bool Exists(long id)
    {
        lock (gate) return leases.ContainsKey(id);
    }

    public bool KeepAlive(long id)
    {
        lock (gate)
        {
            if (!leases.TryGetValue(id, out var lease)) return false;
            lease.EndsAt = clock.GetUtcNow() + lease.TimeToLive;
            return true;
        }
    }

    /// <summary>Records that a key was written with a lease (0: without), or is gone (0). False where the lease does not exist.</summary>
    public bool Attach(string key, long id)
    {
        lock (gate)
        {
            if (id == 0 && leaseOfKey.Count == 0) return true;
            if (id != 0 && !leases.ContainsKey(id)) return false;
            if (leaseOfKey.Remove(key, out var before) && leases.TryGetValue(before, out var former)) former.Keys.Remove(key);
            if (id == 0) return true;
            leaseOfKey[key] = id;
            leases[id].Keys.Add(key);
            return true;
        }
    }

    /// <summary>The keys that a lease holds, in order.</summary>
    public IReadOnlyList<string> KeysOf(long id)
    {
        lock (gate) return leases.TryGetValue(id, out var lease) ? [.. lease.Keys.Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Forgets a lease.</summary>
    public void Remove(long id)
    {
        lock (gate)
        {
            if (!leases.Remove(id, out var lease)) return;
            foreach (var key in lease.Keys) leaseOfKey.Remove(key);
        }
    }

    /// <summary>Ends a lease once more after its time to live: its keys could not be deleted.</summary>
    public void EndLater(long id)
    {
        lock (gate)
        {
            if (!leases.TryGetValue(id, out var lease)) return;
            ends.Enqueue(id, clock.GetUtcNow() + lease.TimeToLive);
            Schedule();
        }
    }

    public void Dispose() => timer.Dispose();

    private void Start(long id, TimeSpan timeToLive)
    {
        var lease = new Lease(timeToLive) { EndsAt = clock.GetUtcNow() + timeToLive };
        leases.Add(id, lease);
        ends.Enqueue(id, lease.EndsAt);
        Schedule();
    }

    private void EndOverdue()
    {
        List<long> overdue = [];
        lock (gate)
        {
            var now = clock.GetUtcNow();
            while (ends.TryPeek(out var id, out var end) && end <= now)
            {
                ends.Dequeue();
                if (!leases.TryGetValue(id, out var lease)) continue;
                if (lease.EndsAt > now) ends.Enqueue(id, lease.EndsAt);
                else overdue.Add(id);
            }

            Schedule();
        }

        foreach (var id in overdue) onEnded(id);
    }

    private void Schedule()
    {
        if (!ends.TryPeek(out _, out var end)) return;
        var wait = end - clock.GetUtcNow();
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Lease(TimeSpan timeToLive)
    {
        public TimeSpan TimeToLive { get; } = timeToLive;

        public DateTimeOffset EndsAt { get; set; }

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
    }
}
