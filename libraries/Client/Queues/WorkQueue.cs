// The queue between informers and workers. It holds keys, not changes: a key that is added twice is worked on once, and a key that is
// added while a worker has it is handed out again only when that worker is done. Failures wait: per key 5 ms, doubling up to 1000 s,
// and all of them together no faster than a token bucket lets through. With each key goes the newest cause, the trace context of the
// write that made the work necessary.
//
// What bounds it is what it is keyed by. A key is at most once in each part (ready, in work, delayed, failures), and leaves the last one
// by Forget, which a reconciler's host calls after each success. So the queue holds no more keys than were named and not yet worked off
// with success: at most one for each object in the informers' caches, and one for each that was deleted since a worker last kept up. A
// limit on top of that would have to drop keys, and a dropped key is a change that nobody acts on; client-go's queue is bounded so, too.
// It holds as long as somebody takes: see Triggers for those who do not lead.
using System.Diagnostics;
using System.Threading.Channels;

namespace Platform.Client.Queues;

/// <summary>A de-duplicating queue with delays and back-off per key, bounded by the number of distinct keys. Safe for concurrent use.</summary>
/// <typeparam name="TKey">Key of what is to be worked on.</typeparam>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly WorkQueueOptions _options;
    private readonly TokenBucket _bucket;
    private readonly Dictionary<TKey, Pending> _pending = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly DelayedKeys<TKey> _delayed;

    private long _added;

    // Bounded by the number of distinct keys: a key is written when it becomes pending while nobody works on it, or when the work on it
    // ends while it is pending, and both end with its being taken.
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();

    /// <summary>Makes an empty queue.</summary>
    public WorkQueue(TimeProvider time, WorkQueueOptions? options = null)
    {
        _time = time;
        _options = options ?? new();
        _bucket = new(_options.Burst, _options.PerSecond, time);
        _delayed = new(time, Add);
    }

    /// <summary>Keys that wait for a worker, those that are delayed not counted.</summary>
    public int Length
    {
        get
        {
            lock (_lock)
                return _pending.Count;
        }
    }

    /// <summary>How many keys were made ready to be worked on; those that were waiting already are not counted.</summary>
    public long Added
    {
        get
        {
            lock (_lock)
                return _added;
        }
    }

    /// <summary>Makes a key ready to be worked on.</summary>
    public void Add(TKey key, ActivityContext cause = default)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(key, out var before))
            {
                if (cause != default)
                    _pending[key] = before with { Cause = cause };
                return;
            }
            _pending[key] = new(cause, _time.GetTimestamp());
            _added++;
            if (!_processing.Contains(key))
                _ready.Writer.TryWrite(key);
        }
    }

    /// <summary>Makes a key ready after a time, or sooner where it is already to be ready sooner.</summary>
    public void AddAfter(TKey key, TimeSpan delay, ActivityContext cause = default)
    {
        if (delay <= TimeSpan.Zero)
            Add(key, cause);
        else
            _delayed.Add(key, delay, cause);
    }

    /// <summary>Makes a key ready after the back-off that its failures ask for.</summary>
    public void AddRateLimited(TKey key, ActivityContext cause = default)
    {
        TimeSpan delay;
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            delay = _options.BackoffAfter(failures);
            var turn = _bucket.Reserve(_options.MaxBackoff);
            if (turn > delay)
                delay = turn;
        }
        AddAfter(key, delay, cause);
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
            _failures.Remove(key);
    }

    /// <summary>How often a key was added by <see cref="AddRateLimited"/> since it was last forgotten.</summary>
    public int Failures(TKey key)
    {
        lock (_lock)
            return _failures.GetValueOrDefault(key);
    }

    /// <summary>Takes the next key; the taker must call <see cref="Done"/>. Null once the queue was closed and is empty.</summary>
    public async ValueTask<WorkItem<TKey>?> TakeAsync(CancellationToken cancellationToken = default)
    {
        while (await _ready.Reader.WaitToReadAsync(cancellationToken))
        {
            lock (_lock)
            {
                if (!_ready.Reader.TryRead(out var key))
                    continue;
                _pending.Remove(key, out var pending);
                _processing.Add(key);
                return new(key, pending.Cause, _time.GetElapsedTime(pending.Since));
            }
        }
        return null;
    }

    /// <summary>Ends the work on a key; if it was added meanwhile it is ready again.</summary>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (_processing.Remove(key) && _pending.ContainsKey(key))
                _ready.Writer.TryWrite(key);
        }
    }

    /// <summary>Takes no more keys.</summary>
    public void Close() => _ready.Writer.TryComplete();

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        _delayed.Dispose();
    }

    private readonly record struct Pending(ActivityContext Cause, long Since);
}

/// <summary>A key that a worker has taken.</summary>
/// <param name="Key">The key.</param>
/// <param name="Cause">Trace context of the newest write that made the work necessary; default where unknown.</param>
/// <param name="Waited">How long it waited in the queue.</param>
public readonly record struct WorkItem<TKey>(TKey Key, ActivityContext Cause, TimeSpan Waited);
