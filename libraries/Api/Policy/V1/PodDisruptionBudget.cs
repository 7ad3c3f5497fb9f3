using Platform.Api.Meta.V1;

namespace Platform.Api.Policy.V1;

[Resource("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", ShortNames = ["pdb"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PodDisruptionBudget : KubernetesObject
{
    [Proto(2)]
    public PodDisruptionBudgetSpec? Spec { get; set; }

    [Proto(3)]
    public PodDisruptionBudgetStatus? Status { get; set; }
}

public sealed partial record PodDisruptionBudgetSpec
{
    [Proto(1)]
    public IntOrString? MinAvailable { get; set; }

    [Proto(2), PatchStrategy("replace")]
    public LabelSelector? Selector { get; set; }

    [Proto(3)]
    public IntOrString? MaxUnavailable { get; set; }

    [Proto(4)]
    public string? UnhealthyPodEvictionPolicy { get; set; }
}

public sealed partial record PodDisruptionBudgetStatus
{
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, DateTimeOffset>? DisruptedPods { get; set; }

    [Proto(3), Required]
    public int? DisruptionsAllowed { get; set; }

    [Proto(4), Required]
    public int? CurrentHealthy { get; set; }

    [Proto(5), Required]
    public int? DesiredHealthy { get; set; }

    [Proto(6), Required]
    public int? ExpectedPods { get; set; }

    [Proto(7), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}
