using Platform.Api.Meta.V1;

namespace Platform.Api.Policy.V1;

/// <summary>How many pods may be taken away at a time on purpose, such as when nodes are emptied.</summary>
[Resource("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", ShortNames = ["pdb"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PodDisruptionBudget : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public PodDisruptionBudgetSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public PodDisruptionBudgetStatus? Status { get; set; }
}

/// <summary>Which pods, and how many must stay. One of the two bounds is set.</summary>
public sealed partial record PodDisruptionBudgetSpec
{
    /// <summary>Pods, or percent of them, that must stay available.</summary>
    [Proto(1)]
    public IntOrString? MinAvailable { get; set; }

    /// <summary>The pods; empty for all of the namespace.</summary>
    [Proto(2), PatchStrategy("replace")]
    public LabelSelector? Selector { get; set; }

    /// <summary>Pods, or percent of them, that may be unavailable.</summary>
    [Proto(3)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Pods that are not ready: IfHealthyBudget (default) protects them while too few are healthy, AlwaysAllow never.</summary>
    [Proto(4), Enum("AlwaysAllow", "IfHealthyBudget")]
    public string? UnhealthyPodEvictionPolicy { get; set; }
}

/// <summary>What the budget presently allows.</summary>
public sealed partial record PodDisruptionBudgetStatus
{
    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods whose eviction was allowed but has not been seen yet, with the time.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, DateTimeOffset>? DisruptedPods { get; set; }

    /// <summary>How many pods may be evicted now.</summary>
    [Proto(3), Required]
    public int? DisruptionsAllowed { get; set; }

    /// <summary>Pods that are healthy.</summary>
    [Proto(4), Required]
    public int? CurrentHealthy { get; set; }

    /// <summary>Pods that must stay healthy.</summary>
    [Proto(5), Required]
    public int? DesiredHealthy { get; set; }

    /// <summary>Pods that count.</summary>
    [Proto(6), Required]
    public int? ExpectedPods { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(7), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}
