namespace Platform.Api.Scheduling.V1;

/// <summary>PriorityClass.</summary>
[Resource("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", Scope = ResourceScope.Cluster, ShortNames = ["pc"])]
public sealed partial record PriorityClass : KubernetesObject
{
    /// <summary>value.</summary>
    [Proto(2), Required]
    public int? Value { get; set; }

    /// <summary>globalDefault.</summary>
    [Proto(3)]
    public bool? GlobalDefault { get; set; }

    /// <summary>description.</summary>
    [Proto(4)]
    public string? Description { get; set; }

    /// <summary>preemptionPolicy.</summary>
    [Proto(5)]
    public string? PreemptionPolicy { get; set; }
}
