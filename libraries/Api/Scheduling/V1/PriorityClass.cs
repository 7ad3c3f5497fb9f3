namespace Platform.Api.Scheduling.V1;

/// <summary>A name for a priority of pods.</summary>
[Resource("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", Scope = ResourceScope.Cluster, ShortNames = ["pc"])]
public sealed partial record PriorityClass : KubernetesObject
{
    /// <summary>The priority; pods of greater ones go first and may displace others. Cannot be changed.</summary>
    [Proto(2), Required]
    public int? Value { get; set; }

    /// <summary>Whether pods without a class have this one. Only one class may be.</summary>
    [Proto(3)]
    public bool? GlobalDefault { get; set; }

    /// <summary>What the class is for.</summary>
    [Proto(4)]
    public string? Description { get; set; }

    /// <summary>PreemptLowerPriority (default), or Never: goes first but displaces nobody.</summary>
    [Proto(5), Enum("Never", "PreemptLowerPriority")]
    public string? PreemptionPolicy { get; set; }
}
