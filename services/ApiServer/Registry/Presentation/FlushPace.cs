namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// When a watch may send. Events are sent at once as long as they are few. A watch that has more to send than that gathers for a moment before each flush:
/// encrypting, sending and receiving cost as much for one event as for ten, and a server with many watchers under load does little else.
/// </summary>
internal sealed class FlushPace(TimeProvider clock)
{
    /// <summary>How long a busy watch gathers events, and with that how late they come.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Flushes at once before that; each interval that passes gives one back.</summary>
    public const int Burst = 32;

    private readonly long _interval = (long)(Interval.TotalSeconds * clock.TimestampFrequency);
    private long _due = long.MinValue;

    /// <summary>Completes when it is time for the next flush.</summary>
    public Task NextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var due = Math.Max(_due, now);
        _due = due + _interval;
        return due - now <= (Burst - 1) * _interval ? Task.CompletedTask : Task.Delay(Interval, clock, cancellationToken);
    }
}
