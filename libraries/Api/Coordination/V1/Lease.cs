namespace Platform.Api.Coordination.V1;

/// <summary>Lease.</summary>
[Resource("coordination.k8s.io", "v1", "leases", "Lease")]
public sealed partial record Lease : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public LeaseSpec? Spec { get; set; }
}

/// <summary>LeaseSpec.</summary>
public sealed partial record LeaseSpec
{
    /// <summary>holderIdentity.</summary>
    [Proto(1)]
    public string? HolderIdentity { get; set; }

    /// <summary>leaseDurationSeconds.</summary>
    [Proto(2)]
    public int? LeaseDurationSeconds { get; set; }

    /// <summary>acquireTime.</summary>
    [Proto(3)]
    public MicroTime? AcquireTime { get; set; }

    /// <summary>renewTime.</summary>
    [Proto(4)]
    public MicroTime? RenewTime { get; set; }

    /// <summary>leaseTransitions.</summary>
    [Proto(5)]
    public int? LeaseTransitions { get; set; }

    /// <summary>strategy.</summary>
    [Proto(6)]
    public string? Strategy { get; set; }

    /// <summary>preferredHolder.</summary>
    [Proto(7)]
    public string? PreferredHolder { get; set; }
}
