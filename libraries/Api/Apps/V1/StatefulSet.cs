using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

/// <summary>Runs pods that each have a name and storage of their own, which stay with them.</summary>
[Resource("apps", "v1", "statefulsets", "StatefulSet", ShortNames = ["sts"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record StatefulSet : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public StatefulSetSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public StatefulSetStatus? Status { get; set; }
}

/// <summary>How far and how fast a rolling update goes.</summary>
public sealed partial record RollingUpdateStatefulSetStrategy
{
    /// <summary>Only pods from this number on are updated. Default 0.</summary>
    [Proto(1)]
    public int? Partition { get; set; }

    /// <summary>
    /// Pods, or percent of them, that may be unavailable during the update. Default 1. Alpha: only with its feature gate.
    /// </summary>
    [Proto(2)]
    public IntOrString? MaxUnavailable { get; set; }
}

/// <summary>A fact about a stateful set.</summary>
public sealed partial record StatefulSetCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
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

/// <summary>Numbering of the pods.</summary>
public sealed partial record StatefulSetOrdinals
{
    /// <summary>Number of the first pod. Default 0.</summary>
    [Proto(1), Default(0)]
    public int? Start { get; set; }
}

/// <summary>What becomes of the pods' volume claims.</summary>
public sealed partial record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    /// <summary>When the set is deleted: Retain (default) or Delete.</summary>
    [Proto(1)]
    public string? WhenDeleted { get; set; }

    /// <summary>When the set is scaled down: Retain (default) or Delete.</summary>
    [Proto(2)]
    public string? WhenScaled { get; set; }
}

/// <summary>The pods of a stateful set.</summary>
public sealed partial record StatefulSetSpec
{
    /// <summary>How many pods. Default 1.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }

    /// <summary>Labels of its pods; must match the template's. Cannot be changed.</summary>
    [Proto(2), Required]
    public LabelSelector? Selector { get; set; }

    /// <summary>The pod; its name is the set's with its number behind it.</summary>
    [Proto(3), Required]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>Claims of which each pod gets one of its own, and keeps it.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PersistentVolumeClaim>? VolumeClaimTemplates { get; set; }

    /// <summary>Headless service that gives the pods their DNS names. Cannot be changed.</summary>
    [Proto(5), Required]
    public string? ServiceName { get; set; }

    /// <summary>OrderedReady (default): one after the other. Parallel: all at once.</summary>
    [Proto(6), Enum("OrderedReady", "Parallel")]
    public string? PodManagementPolicy { get; set; }

    /// <summary>How pods are replaced when the template changes.</summary>
    [Proto(7)]
    public StatefulSetUpdateStrategy? UpdateStrategy { get; set; }

    /// <summary>How many superseded revisions are kept to roll back to. Default 10.</summary>
    [Proto(8)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>Seconds for which a new pod must stay ready before it counts as available. Default 0.</summary>
    [Proto(9)]
    public int? MinReadySeconds { get; set; }

    /// <summary>What becomes of the claims when the set is deleted or scaled down.</summary>
    [Proto(10)]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; set; }

    /// <summary>Numbering of the pods.</summary>
    [Proto(11)]
    public StatefulSetOrdinals? Ordinals { get; set; }
}

/// <summary>How a stateful set's pods are doing.</summary>
public sealed partial record StatefulSetStatus
{
    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods that exist.</summary>
    [Proto(2), Required]
    public int? Replicas { get; set; }

    /// <summary>Pods that are ready.</summary>
    [Proto(3)]
    public int? ReadyReplicas { get; set; }

    /// <summary>Pods of the revision before the update.</summary>
    [Proto(4)]
    public int? CurrentReplicas { get; set; }

    /// <summary>Pods of the newest revision.</summary>
    [Proto(5)]
    public int? UpdatedReplicas { get; set; }

    /// <summary>Revision of the pods that have not been updated.</summary>
    [Proto(6)]
    public string? CurrentRevision { get; set; }

    /// <summary>Newest revision.</summary>
    [Proto(7)]
    public string? UpdateRevision { get; set; }

    /// <summary>How often the hash in a child's name had to be changed because the name was taken.</summary>
    [Proto(9)]
    public int? CollisionCount { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(10), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<StatefulSetCondition>? Conditions { get; set; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Proto(11), Default(0)]
    public int? AvailableReplicas { get; set; }
}

/// <summary>How a stateful set's pods are replaced.</summary>
public sealed partial record StatefulSetUpdateStrategy
{
    /// <summary>RollingUpdate (default): from the highest number down. OnDelete: when somebody deletes the old pod.</summary>
    [Proto(1), Enum("OnDelete", "RollingUpdate")]
    public string? Type { get; set; }

    /// <summary>Settings of the rolling update.</summary>
    [Proto(2)]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; set; }
}
