namespace Platform.Client.Queues;

/// <summary>How a work queue slows down what fails. The defaults are upstream's.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>Delay after the first failure of a key; doubles with each further one.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest delay of a key, also where many fail.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(1000);

    /// <summary>Failures per second, of all keys together, in the long run.</summary>
    public double PerSecond { get; init; } = 10;

    /// <summary>Failures that may come at once.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Delay of a key that has failed so many times before.</summary>
    internal TimeSpan BackoffAfter(int failures)
    {
        const int MaxDoublings = 40; // Beyond any sensible maximum, and far from overflow.
        var delay = MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(failures, MaxDoublings));
        return delay < MaxBackoff.TotalMilliseconds ? TimeSpan.FromMilliseconds(delay) : MaxBackoff;
    }
}
