using System.Diagnostics;

namespace Platform.Client.Queues;

/// <summary>
/// Keys that become ready later. One timer stands for the earliest; a key that is added twice keeps its earlier time. Bounded by the number of distinct keys that wait:
/// the order holds at most <see cref="MostPerKey"/> entries for each of them, and a few.
/// </summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    /// <summary>Entries of the order for each key that waits, on average; beyond that the order is made anew without those that mean nothing any more.</summary>
    private const int MostPerKey = 2;

    /// <summary>Entries of the order that are not worth making it anew for.</summary>
    private const int FewEntries = 16;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action<TKey, ActivityContext> _ready;
    private readonly PriorityQueue<TKey, DateTimeOffset> _order = new();
    private readonly Dictionary<TKey, (DateTimeOffset Due, ActivityContext Cause)> _due = [];
    private readonly ITimer _timer;
    private DateTimeOffset _armed = DateTimeOffset.MaxValue;
    private bool _disposed;

    public DelayedKeys(TimeProvider time, Action<TKey, ActivityContext> ready)
    {
        _time = time;
        _ready = ready;
        _timer = time.CreateTimer(static self => ((DelayedKeys<TKey>)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Entries that are held, those included that mean nothing any more.</summary>
    internal int Entries
    {
        get
        {
            lock (_lock)
                return _order.Count;
        }
    }

    public void Add(TKey key, TimeSpan delay, ActivityContext cause)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            var due = _time.GetUtcNow() + delay;
            if (_due.TryGetValue(key, out var before))
            {
                if (cause == default)
                    cause = before.Cause;
                if (before.Due <= due)
                {
                    _due[key] = (before.Due, cause);
                    return;
                }
            }
            _due[key] = (due, cause);
            _order.Enqueue(key, due);
            if (_order.Count > FewEntries + (MostPerKey * _due.Count))
                Tidy();
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _timer.Dispose();
    }

    private void Fire()
    {
        List<(TKey Key, ActivityContext Cause)> ready = [];
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (_order.TryPeek(out var key, out var due) && due <= now)
            {
                _order.Dequeue();
                // An entry whose time has been brought forward was left behind in the order and means nothing.
                if (_due.TryGetValue(key, out var entry) && entry.Due == due)
                {
                    _due.Remove(key);
                    ready.Add((key, entry.Cause));
                }
            }
            _armed = DateTimeOffset.MaxValue;
            Arm();
        }
        foreach (var (key, cause) in ready)
            _ready(key, cause);
    }

    /// <summary>A key whose time is brought forward again and again would leave an entry behind each time, until the latest of those times.</summary>
    private void Tidy()
    {
        _order.Clear();
        _order.EnqueueRange(_due.Select(entry => (entry.Key, entry.Value.Due)));
    }

    private void Arm()
    {
        if (_disposed || !_order.TryPeek(out _, out var due) || due >= _armed)
            return;
        _armed = due;
        var wait = due - _time.GetUtcNow();
        // A timer counts whole milliseconds; rounding up keeps it from firing just before the time, again and again.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
