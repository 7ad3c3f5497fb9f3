using Platform.Api.Meta.V1;

namespace Platform.Api.FlowControl.V1;

/// <summary>A share of the server's concurrency, and what becomes of requests beyond it.</summary>
[Resource("flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", "PriorityLevelConfiguration", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PriorityLevelConfiguration : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public PriorityLevelConfigurationSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public PriorityLevelConfigurationStatus? Status { get; set; }
}

/// <summary>Settings of a level whose requests never wait.</summary>
public sealed partial record ExemptPriorityLevelConfiguration
{
    /// <summary>Weight of its share, of which others can borrow. Default 0.</summary>
    [Proto(1)]
    public int? NominalConcurrencyShares { get; set; }

    /// <summary>Percent of its share that others can borrow. Default 0.</summary>
    [Proto(2)]
    public int? LendablePercent { get; set; }
}

/// <summary>What becomes of requests beyond the share.</summary>
public sealed partial record LimitResponse
{
    /// <summary>Queue, or Reject with status 429.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Settings of the queues.</summary>
    [Proto(2)]
    public QueuingConfiguration? Queuing { get; set; }
}

/// <summary>Settings of a level whose requests are limited.</summary>
public sealed partial record LimitedPriorityLevelConfiguration
{
    /// <summary>Weight of its share among all levels. Default 30.</summary>
    [Proto(1)]
    public int? NominalConcurrencyShares { get; set; }

    /// <summary>What becomes of requests beyond it.</summary>
    [Proto(2)]
    public LimitResponse? LimitResponse { get; set; }

    /// <summary>Percent of its share that others can borrow. Default 0.</summary>
    [Proto(3)]
    public int? LendablePercent { get; set; }

    /// <summary>Percent of its share that it can borrow from others; no limit where empty.</summary>
    [Proto(4)]
    public int? BorrowingLimitPercent { get; set; }
}

/// <summary>A fact about a level.</summary>
public sealed partial record PriorityLevelConfigurationCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1)]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2)]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }
}

/// <summary>Kind and settings of a level.</summary>
public sealed partial record PriorityLevelConfigurationSpec
{
    /// <summary>Exempt or Limited.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Settings, where the type is Limited.</summary>
    [Proto(2)]
    public LimitedPriorityLevelConfiguration? Limited { get; set; }

    /// <summary>Settings, where the type is Exempt.</summary>
    [Proto(3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; set; }
}

/// <summary>State of a level.</summary>
public sealed partial record PriorityLevelConfigurationStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<PriorityLevelConfigurationCondition>? Conditions { get; set; }
}

/// <summary>Queues of a level.</summary>
public sealed partial record QueuingConfiguration
{
    /// <summary>How many. More keep flows better apart. Default 64.</summary>
    [Proto(1), Default(0)]
    public int? Queues { get; set; }

    /// <summary>How many queues a flow is dealt, of which it takes the shortest. Default 8.</summary>
    [Proto(2), Default(0)]
    public int? HandSize { get; set; }

    /// <summary>Requests that wait in one queue; others are rejected. Default 50.</summary>
    [Proto(3), Default(0)]
    public int? QueueLengthLimit { get; set; }
}
