using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

/// <summary>Runs one pod on every node, or on every node that fits.</summary>
[Resource("apps", "v1", "daemonsets", "DaemonSet", ShortNames = ["ds"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record DaemonSet : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public DaemonSetSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public DaemonSetStatus? Status { get; set; }
}

/// <summary>A fact about a daemon set.</summary>
public sealed partial record DaemonSetCondition
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

/// <summary>The pods of a daemon set.</summary>
public sealed partial record DaemonSetSpec
{
    /// <summary>Labels of its pods; must match the template's. Cannot be changed.</summary>
    [Proto(1), Required]
    public LabelSelector? Selector { get; set; }

    /// <summary>The pod. Its restartPolicy must be Always.</summary>
    [Proto(2), Required]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>How pods are replaced when the template changes.</summary>
    [Proto(3)]
    public DaemonSetUpdateStrategy? UpdateStrategy { get; set; }

    /// <summary>Seconds for which a new pod must stay ready before it counts as available. Default 0.</summary>
    [Proto(4)]
    public int? MinReadySeconds { get; set; }

    /// <summary>How many superseded revisions are kept to roll back to. Default 10.</summary>
    [Proto(6)]
    public int? RevisionHistoryLimit { get; set; }
}

/// <summary>How a daemon set's pods are doing.</summary>
public sealed partial record DaemonSetStatus
{
    /// <summary>Nodes that run a pod and should.</summary>
    [Proto(1), Required]
    public int? CurrentNumberScheduled { get; set; }

    /// <summary>Nodes that run a pod and should not.</summary>
    [Proto(2), Required]
    public int? NumberMisscheduled { get; set; }

    /// <summary>Nodes that should run a pod.</summary>
    [Proto(3), Required]
    public int? DesiredNumberScheduled { get; set; }

    /// <summary>Nodes that should run a pod and have one that is ready.</summary>
    [Proto(4), Required]
    public int? NumberReady { get; set; }

    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(5)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Nodes that run a pod of the newest template.</summary>
    [Proto(6)]
    public int? UpdatedNumberScheduled { get; set; }

    /// <summary>Nodes that should run a pod and have one that has been ready for minReadySeconds.</summary>
    [Proto(7)]
    public int? NumberAvailable { get; set; }

    /// <summary>Nodes that should run a pod and have none available.</summary>
    [Proto(8)]
    public int? NumberUnavailable { get; set; }

    /// <summary>How often the hash in a child's name had to be changed because the name was taken.</summary>
    [Proto(9)]
    public int? CollisionCount { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(10), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<DaemonSetCondition>? Conditions { get; set; }
}

/// <summary>How a daemon set's pods are replaced.</summary>
public sealed partial record DaemonSetUpdateStrategy
{
    /// <summary>RollingUpdate (default): node by node. OnDelete: when somebody deletes the old pod.</summary>
    [Proto(1), Enum("OnDelete", "RollingUpdate")]
    public string? Type { get; set; }

    /// <summary>Settings of the rolling update.</summary>
    [Proto(2)]
    public RollingUpdateDaemonSet? RollingUpdate { get; set; }
}

/// <summary>How fast nodes get their new pods.</summary>
public sealed partial record RollingUpdateDaemonSet
{
    /// <summary>Nodes, or percent of them, that may be without an available pod at a time. Default 1.</summary>
    [Proto(1)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Nodes, or percent of them, that may run the new pod beside the old one. Default 0.</summary>
    [Proto(2)]
    public IntOrString? MaxSurge { get; set; }
}
