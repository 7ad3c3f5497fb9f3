using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

[Resource("apps", "v1", "daemonsets", "DaemonSet", ShortNames = ["ds"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record DaemonSet : KubernetesObject
{
    [Proto(2)]
    public DaemonSetSpec? Spec { get; set; }

    [Proto(3)]
    public DaemonSetStatus? Status { get; set; }
}

public sealed partial record DaemonSetCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record DaemonSetSpec
{
    [Proto(1), Required]
    public LabelSelector? Selector { get; set; }

    [Proto(2), Required]
    public PodTemplateSpec? Template { get; set; }

    [Proto(3)]
    public DaemonSetUpdateStrategy? UpdateStrategy { get; set; }

    [Proto(4)]
    public int? MinReadySeconds { get; set; }

    [Proto(6)]
    public int? RevisionHistoryLimit { get; set; }
}

public sealed partial record DaemonSetStatus
{
    [Proto(1), Required]
    public int? CurrentNumberScheduled { get; set; }

    [Proto(2), Required]
    public int? NumberMisscheduled { get; set; }

    [Proto(3), Required]
    public int? DesiredNumberScheduled { get; set; }

    [Proto(4), Required]
    public int? NumberReady { get; set; }

    [Proto(5)]
    public long? ObservedGeneration { get; set; }

    [Proto(6)]
    public int? UpdatedNumberScheduled { get; set; }

    [Proto(7)]
    public int? NumberAvailable { get; set; }

    [Proto(8)]
    public int? NumberUnavailable { get; set; }

    [Proto(9)]
    public int? CollisionCount { get; set; }

    [Proto(10), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<DaemonSetCondition>? Conditions { get; set; }
}

public sealed partial record DaemonSetUpdateStrategy
{
    [Proto(1)]
    public string? Type { get; set; }

    [Proto(2)]
    public RollingUpdateDaemonSet? RollingUpdate { get; set; }
}

public sealed partial record RollingUpdateDaemonSet
{
    [Proto(1)]
    public IntOrString? MaxUnavailable { get; set; }

    [Proto(2)]
    public IntOrString? MaxSurge { get; set; }
}
