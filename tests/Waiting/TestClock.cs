using System.Diagnostics;

namespace Platform.Testing;

/// <summary>A clock that stands still until a test advances it; its timers fire then, in order of their due times, on the caller's thread.</summary>
public sealed class TestClock(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>What other threads are given to do their work between two steps.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly List<TestTimer> _timers = [];
    private TaskCompletionSource _timerSet = Signal();
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>How many timers wait for their time: a barrier for code that is about to wait.</summary>
    public int PendingTimers
    {
        get { lock (_gate)
            return _timers.Count(timer => timer.Due is not null); }
    }

    /// <summary>Lets time pass and fires what becomes due, including timers that the fired ones start.</summary>
    public void Advance(TimeSpan time)
    {
        DateTimeOffset end;
        lock (_gate)
            end = _now + time;
        while (true)
        {
            TestTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                if (next is null)
                {
                    _now = end;
                    return;
                }

                if (next.Due > _now)
                    _now = next.Due.Value;
                next.Due = next.Period > TimeSpan.Zero ? _now + next.Period : null;
            }

            next.Callback(next.State);
        }
    }

    /// <summary>
    /// Waits until something waits for a time that is near, and lets that time come. So a test meets code that does its work in between on other threads: what is far away (the
    /// time limit of a request that is on its way) does not count.
    /// </summary>
    /// <param name="within">How far away the time may be.</param>
    public async Task AdvanceToTimerAsync(TimeSpan within)
    {
        while (true)
        {
            TimeSpan? wait;
            Task next;
            lock (_gate)
            {
                wait = _timers.Where(timer => timer.Due <= _now + within).Min(timer => timer.Due) - _now;
                next = _timerSet.Task;
            }

            if (wait is { } time)
            {
                Advance(time);
                return;
            }

            await next.WaitAsync(Eventually.Patience);
        }
    }

    /// <summary>Lets time pass step by step until something is so. For work of many parts that wait on this clock by turns, so that no one timer says that it is time.</summary>
    /// <param name="step">How far to advance at a time.</param>
    /// <param name="isSo">What is to become true.</param>
    /// <param name="what">What it means where it does not within <see cref="Eventually.Patience"/>.</param>
    public async Task AdvanceUntilAsync(TimeSpan step, Func<Task<bool>> isSo, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > Eventually.Patience)
                throw new TimeoutException(what);
            Advance(step);
            await Task.Delay(Moment, System);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback { get; } = callback;

        public object? State { get; } = state;

        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                Period = period;
                if (Due is not null)
                {
                    clock._timerSet.SetResult();
                    clock._timerSet = Signal();
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
