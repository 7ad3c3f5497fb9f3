using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>A wish for storage, and the storage once there is some.</summary>
[Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", ShortNames = ["pvc"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record PersistentVolumeClaim : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public PersistentVolumeClaimSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public PersistentVolumeClaimStatus? Status { get; set; }
}

/// <summary>State of a change of attributes.</summary>
public sealed partial record ModifyVolumeStatus
{
    /// <summary>Class that is being changed to.</summary>
    [Proto(1)]
    public string? TargetVolumeAttributesClassName { get; set; }

    /// <summary>Pending, InProgress or Infeasible.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }
}

/// <summary>A fact about a claim, such as Resizing or FileSystemResizePending.</summary>
public sealed partial record PersistentVolumeClaimCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the condition was last checked.</summary>
    [Proto(3)]
    public DateTimeOffset? LastProbeTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(5)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(6)]
    public string? Message { get; set; }
}

/// <summary>State of a claim.</summary>
public sealed partial record PersistentVolumeClaimStatus
{
    /// <summary>Pending, Bound or Lost.</summary>
    [Proto(1), Enum("Bound", "Lost", "Pending")]
    public string? Phase { get; set; }

    /// <summary>Modes of the volume.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? AccessModes { get; set; }

    /// <summary>What the volume really has.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(4), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<PersistentVolumeClaimCondition>? Conditions { get; set; }

    /// <summary>What is being allocated to it, while it grows.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, Quantity>? AllocatedResources { get; set; }

    /// <summary>How far growing has come, per resource.</summary>
    [Proto(7), MapType("granular")]
    public IReadOnlyDictionary<string, string>? AllocatedResourceStatuses { get; set; }

    /// <summary>Class of attributes that it has.</summary>
    [Proto(8)]
    public string? CurrentVolumeAttributesClassName { get; set; }

    /// <summary>State of a change of attributes.</summary>
    [Proto(9)]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; set; }
}
