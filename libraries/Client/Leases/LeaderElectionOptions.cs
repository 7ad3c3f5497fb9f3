namespace Platform.Client.Leases;

/// <summary>Which lease is contended for, as whom, and how fast. The times are upstream's.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>Namespace of the lease.</summary>
    public string Namespace { get; init; } = "kube-system";

    /// <summary>Name of the lease.</summary>
    public required string Name { get; init; }

    /// <summary>Who we are; unique among all that contend.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last renewal that they saw before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it steps down. Shorter than <see cref="LeaseDuration"/>, so that it has stopped before another begins.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
