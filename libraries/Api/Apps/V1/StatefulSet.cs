using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

[Resource("apps", "v1", "statefulsets", "StatefulSet", ShortNames = ["sts"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record StatefulSet : KubernetesObject
{
    [Proto(2)]
    public StatefulSetSpec? Spec { get; set; }

    [Proto(3)]
    public StatefulSetStatus? Status { get; set; }
}

public sealed partial record RollingUpdateStatefulSetStrategy
{
    [Proto(1)]
    public int? Partition { get; set; }

    [Proto(2)]
    public IntOrString? MaxUnavailable { get; set; }
}

public sealed partial record StatefulSetCondition
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

public sealed partial record StatefulSetOrdinals
{
    [Proto(1), Default(0)]
    public int? Start { get; set; }
}

public sealed partial record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    [Proto(1)]
    public string? WhenDeleted { get; set; }

    [Proto(2)]
    public string? WhenScaled { get; set; }
}

public sealed partial record StatefulSetSpec
{
    [Proto(1)]
    public int? Replicas { get; set; }

    [Proto(2), Required]
    public LabelSelector? Selector { get; set; }

    [Proto(3), Required]
    public PodTemplateSpec? Template { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PersistentVolumeClaim>? VolumeClaimTemplates { get; set; }

    [Proto(5), Required]
    public string? ServiceName { get; set; }

    [Proto(6)]
    public string? PodManagementPolicy { get; set; }

    [Proto(7)]
    public StatefulSetUpdateStrategy? UpdateStrategy { get; set; }

    [Proto(8)]
    public int? RevisionHistoryLimit { get; set; }

    [Proto(9)]
    public int? MinReadySeconds { get; set; }

    [Proto(10)]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; set; }

    [Proto(11)]
    public StatefulSetOrdinals? Ordinals { get; set; }
}

public sealed partial record StatefulSetStatus
{
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    [Proto(2), Required]
    public int? Replicas { get; set; }

    [Proto(3)]
    public int? ReadyReplicas { get; set; }

    [Proto(4)]
    public int? CurrentReplicas { get; set; }

    [Proto(5)]
    public int? UpdatedReplicas { get; set; }

    [Proto(6)]
    public string? CurrentRevision { get; set; }

    [Proto(7)]
    public string? UpdateRevision { get; set; }

    [Proto(9)]
    public int? CollisionCount { get; set; }

    [Proto(10), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<StatefulSetCondition>? Conditions { get; set; }

    [Proto(11), Default(0)]
    public int? AvailableReplicas { get; set; }
}

public sealed partial record StatefulSetUpdateStrategy
{
    [Proto(1)]
    public string? Type { get; set; }

    [Proto(2)]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; set; }
}
