using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "replicationcontrollers", "ReplicationController", ShortNames = ["rc"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ReplicationController : KubernetesObject
{
    [Proto(2)]
    public ReplicationControllerSpec? Spec { get; set; }

    [Proto(3)]
    public ReplicationControllerStatus? Status { get; set; }
}

public sealed partial record ReplicationControllerCondition
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

public sealed partial record ReplicationControllerSpec
{
    [Proto(1)]
    public int? Replicas { get; set; }

    [Proto(2), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? Selector { get; set; }

    [Proto(3)]
    public PodTemplateSpec? Template { get; set; }

    [Proto(4)]
    public int? MinReadySeconds { get; set; }
}

public sealed partial record ReplicationControllerStatus
{
    [Proto(1), Required]
    public int? Replicas { get; set; }

    [Proto(2)]
    public int? FullyLabeledReplicas { get; set; }

    [Proto(3)]
    public long? ObservedGeneration { get; set; }

    [Proto(4)]
    public int? ReadyReplicas { get; set; }

    [Proto(5)]
    public int? AvailableReplicas { get; set; }

    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<ReplicationControllerCondition>? Conditions { get; set; }
}
