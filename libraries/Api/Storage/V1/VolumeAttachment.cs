using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

/// <summary>Asks that a volume be attached to a node.</summary>
[Resource("storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record VolumeAttachment : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2), Required]
    public VolumeAttachmentSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public VolumeAttachmentStatus? Status { get; set; }
}

/// <summary>The volume; exactly one is set.</summary>
public sealed partial record VolumeAttachmentSource
{
    /// <summary>Name of a persistent volume.</summary>
    [Proto(1)]
    public string? PersistentVolumeName { get; set; }

    /// <summary>A volume of its own, for moved in-tree volumes.</summary>
    [Proto(2)]
    public PersistentVolumeSpec? InlineVolumeSpec { get; set; }
}

/// <summary>Which volume to which node.</summary>
public sealed partial record VolumeAttachmentSpec
{
    /// <summary>Driver that attaches it.</summary>
    [Proto(1), Required]
    public string? Attacher { get; set; }

    /// <summary>The volume.</summary>
    [Proto(2), Required]
    public VolumeAttachmentSource? Source { get; set; }

    /// <summary>The node.</summary>
    [Proto(3), Required]
    public string? NodeName { get; set; }
}

/// <summary>State of an attachment.</summary>
public sealed partial record VolumeAttachmentStatus
{
    /// <summary>Whether it is attached.</summary>
    [Proto(1), Required]
    public bool? Attached { get; set; }

    /// <summary>What the driver says of it, for mounting.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, string>? AttachmentMetadata { get; set; }

    /// <summary>Latest error of attaching.</summary>
    [Proto(3)]
    public VolumeError? AttachError { get; set; }

    /// <summary>Latest error of detaching.</summary>
    [Proto(4)]
    public VolumeError? DetachError { get; set; }
}

/// <summary>An error of a volume.</summary>
public sealed partial record VolumeError
{
    /// <summary>When it occurred.</summary>
    [Proto(1)]
    public DateTimeOffset? Time { get; set; }

    /// <summary>What it was; without secrets.</summary>
    [Proto(2)]
    public string? Message { get; set; }
}
