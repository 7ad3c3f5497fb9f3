using Platform.Api.Meta.V1;

namespace Platform.Api.FlowControl.V1;

[Resource("flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", "PriorityLevelConfiguration", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PriorityLevelConfiguration : KubernetesObject
{
    [Proto(2)]
    public PriorityLevelConfigurationSpec? Spec { get; set; }

    [Proto(3)]
    public PriorityLevelConfigurationStatus? Status { get; set; }
}

public sealed partial record ExemptPriorityLevelConfiguration
{
    [Proto(1)]
    public int? NominalConcurrencyShares { get; set; }

    [Proto(2)]
    public int? LendablePercent { get; set; }
}

public sealed partial record LimitResponse
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public QueuingConfiguration? Queuing { get; set; }
}

public sealed partial record LimitedPriorityLevelConfiguration
{
    [Proto(1)]
    public int? NominalConcurrencyShares { get; set; }

    [Proto(2)]
    public LimitResponse? LimitResponse { get; set; }

    [Proto(3)]
    public int? LendablePercent { get; set; }

    [Proto(4)]
    public int? BorrowingLimitPercent { get; set; }
}

public sealed partial record PriorityLevelConfigurationCondition
{
    [Proto(1)]
    public string? Type { get; set; }

    [Proto(2)]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record PriorityLevelConfigurationSpec
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public LimitedPriorityLevelConfiguration? Limited { get; set; }

    [Proto(3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; set; }
}

public sealed partial record PriorityLevelConfigurationStatus
{
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<PriorityLevelConfigurationCondition>? Conditions { get; set; }
}

public sealed partial record QueuingConfiguration
{
    [Proto(1), Default(0)]
    public int? Queues { get; set; }

    [Proto(2), Default(0)]
    public int? HandSize { get; set; }

    [Proto(3), Default(0)]
    public int? QueueLengthLimit { get; set; }
}
