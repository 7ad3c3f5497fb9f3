namespace Platform.NodeAgent.Pods;

/// <summary>
/// How long to wait before something that failed is tried again: 10 s, doubling up to 5 min, forgotten after 10 min without
/// a further failure; the rule for crashing containers and for images that cannot be pulled.
/// </summary>
/// <param name="Delay">Current delay; zero before the first failure.</param>
/// <param name="Since">When the delay was last raised.</param>
internal readonly record struct RestartBackoff(TimeSpan Delay, DateTimeOffset Since)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Forgotten = 2 * Longest;

    /// <summary>When another try is due after a failure at the given time.</summary>
    public DateTimeOffset Due(DateTimeOffset failedAt) => IsForgotten(failedAt) ? failedAt : failedAt + Delay;

    /// <summary>The back-off after one more failure.</summary>
    public RestartBackoff Next(DateTimeOffset failedAt, DateTimeOffset now)
    {
        if (Delay == TimeSpan.Zero || IsForgotten(failedAt))
            return new(First, now);
        return new(Delay + Delay > Longest ? Longest : Delay + Delay, now);
    }

    private bool IsForgotten(DateTimeOffset at) => Delay == TimeSpan.Zero || at - Since > Forgotten;

    /// <summary>As Go prints a duration: <c>10s</c>, <c>1m20s</c>.</summary>
    public static string Text(TimeSpan delay)
    {
        var seconds = (long)Math.Ceiling(delay.TotalSeconds);
        return seconds < 60 ? $"{seconds}s" : $"{seconds / 60}m{seconds % 60}s";
    }
}
