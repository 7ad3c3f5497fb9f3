namespace Platform.Api.Coordination.V1;

[Resource("coordination.k8s.io", "v1", "leases", "Lease")]
public sealed partial record Lease : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public LeaseSpec? Spec { get; set; }
}

public sealed partial record LeaseSpec
{
    [Proto(1)]
    public string? HolderIdentity { get; set; }

    [Proto(2)]
    public int? LeaseDurationSeconds { get; set; }

    [Proto(3)]
    public MicroTime? AcquireTime { get; set; }

    [Proto(4)]
    public MicroTime? RenewTime { get; set; }

    [Proto(5)]
    public int? LeaseTransitions { get; set; }

    [Proto(6)]
    public string? Strategy { get; set; }

    [Proto(7)]
    public string? PreferredHolder { get; set; }
}
