namespace Platform.Api.Coordination.V1;

/// <summary>Who holds something for how long: leader election and the heartbeats of nodes.</summary>
[Resource("coordination.k8s.io", "v1", "leases", "Lease")]
public sealed partial record Lease : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public LeaseSpec? Spec { get; set; }
}

/// <summary>Who holds the lease since when.</summary>
public sealed partial record LeaseSpec
{
    /// <summary>Who holds it.</summary>
    [Proto(1)]
    public string? HolderIdentity { get; set; }

    /// <summary>Seconds after the last renewal for which others must wait.</summary>
    [Proto(2)]
    public int? LeaseDurationSeconds { get; set; }

    /// <summary>When the holder took it.</summary>
    [Proto(3)]
    public MicroTime? AcquireTime { get; set; }

    /// <summary>When the holder last renewed it.</summary>
    [Proto(4)]
    public MicroTime? RenewTime { get; set; }

    /// <summary>How often it has changed hands.</summary>
    [Proto(5)]
    public int? LeaseTransitions { get; set; }

    /// <summary>How the holder is elected among candidates; for coordinated leader election only.</summary>
    [Proto(6)]
    public string? Strategy { get; set; }

    /// <summary>Who should have it next; for coordinated leader election only.</summary>
    [Proto(7)]
    public string? PreferredHolder { get; set; }
}
