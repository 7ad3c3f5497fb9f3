using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", ShortNames = ["pvc"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PersistentVolumeClaim : KubernetesObject
{
    [Proto(2)]
    public PersistentVolumeClaimSpec? Spec { get; set; }

    [Proto(3)]
    public PersistentVolumeClaimStatus? Status { get; set; }
}

public sealed partial record ModifyVolumeStatus
{
    [Proto(1)]
    public string? TargetVolumeAttributesClassName { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }
}

public sealed partial record PersistentVolumeClaimCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastProbeTime { get; set; }

    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(5)]
    public string? Reason { get; set; }

    [Proto(6)]
    public string? Message { get; set; }
}

public sealed partial record PersistentVolumeClaimStatus
{
    [Proto(1)]
    public string? Phase { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    [Proto(3)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    [Proto(4), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<PersistentVolumeClaimCondition>? Conditions { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, Quantity>? AllocatedResources { get; set; }

    [Proto(7), MapType("granular")]
    public IReadOnlyDictionary<string, string>? AllocatedResourceStatuses { get; set; }

    [Proto(8)]
    public string? CurrentVolumeAttributesClassName { get; set; }

    [Proto(9)]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; set; }
}
