using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Keeps a number of identical pods running. Use a Deployment instead.</summary>
[Resource("", "v1", "replicationcontrollers", "ReplicationController", ShortNames = ["rc"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ReplicationController : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public ReplicationControllerSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public ReplicationControllerStatus? Status { get; set; }
}

/// <summary>A fact about a replication controller.</summary>
public sealed partial record ReplicationControllerCondition
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

/// <summary>How many of which pods.</summary>
public sealed partial record ReplicationControllerSpec
{
    /// <summary>How many pods. Default 1.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }

    /// <summary>Labels of its pods; the template's where empty.</summary>
    [Proto(2), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? Selector { get; set; }

    /// <summary>The pod.</summary>
    [Proto(3)]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>Seconds for which a new pod must stay ready before it counts as available. Default 0.</summary>
    [Proto(4)]
    public int? MinReadySeconds { get; set; }
}

/// <summary>How the pods are doing.</summary>
public sealed partial record ReplicationControllerStatus
{
    /// <summary>Pods that exist.</summary>
    [Proto(1), Required]
    public int? Replicas { get; set; }

    /// <summary>Pods that have all labels of the template.</summary>
    [Proto(2)]
    public int? FullyLabeledReplicas { get; set; }

    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(3)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods that are ready.</summary>
    [Proto(4)]
    public int? ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Proto(5)]
    public int? AvailableReplicas { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<ReplicationControllerCondition>? Conditions { get; set; }
}
