namespace Platform.Client.Informers;

/// <summary>What an informer follows, and its time limits.</summary>
internal sealed record InformerOptions
{
    /// <summary>Field selector of the list and the watch.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Label selector of the list and the watch.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Shortest pause after a failure.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause after failures.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest watch that is asked for, in seconds. Spread, so that watches do not all end at once.</summary>
    public int MinWatchSeconds { get; init; } = 300;

    /// <summary>Longest watch that is asked for, in seconds.</summary>
    public int MaxWatchSeconds { get; init; } = 600;

    /// <summary>How long the server may overrun before the client gives the watch up.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Source of jitter.</summary>
    public required Random Random { get; init; }

    public ListQuery Query => new() { FieldSelector = FieldSelector, LabelSelector = LabelSelector };
}
