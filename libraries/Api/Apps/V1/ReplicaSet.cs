using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

/// <summary>Keeps a number of identical pods running.</summary>
[Resource("apps", "v1", "replicasets", "ReplicaSet", ShortNames = ["rs"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ReplicaSet : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public ReplicaSetSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public ReplicaSetStatus? Status { get; set; }
}

/// <summary>A fact about a replica set.</summary>
public sealed partial record ReplicaSetCondition
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

/// <summary>What a replica set wants.</summary>
public sealed partial record ReplicaSetSpec
{
    /// <summary>Number of pods.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }

    /// <summary>Labels of the set's pods; cannot be changed.</summary>
    [Proto(2), Required]
    public LabelSelector? Selector { get; set; }

    /// <summary>What the pods are made from.</summary>
    [Proto(3)]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>How long a pod must be ready before it counts as available, in seconds.</summary>
    [Proto(4)]
    public int? MinReadySeconds { get; set; }
}

/// <summary>How a replica set's pods are doing.</summary>
public sealed partial record ReplicaSetStatus
{
    /// <summary>Pods that exist.</summary>
    [Proto(1), Required]
    public int? Replicas { get; set; }

    /// <summary>Pods that have all labels of the template.</summary>
    [Proto(2)]
    public int? FullyLabeledReplicas { get; set; }

    /// <summary>Generation of the object that this status describes.</summary>
    [Proto(3)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods that are ready.</summary>
    [Proto(4)]
    public int? ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Proto(5)]
    public int? AvailableReplicas { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<ReplicaSetCondition>? Conditions { get; set; }
}
