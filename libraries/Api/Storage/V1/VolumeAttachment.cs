using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Storage.V1;

[Resource("storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record VolumeAttachment : KubernetesObject
{
    [Proto(2), Required]
    public VolumeAttachmentSpec? Spec { get; set; }

    [Proto(3)]
    public VolumeAttachmentStatus? Status { get; set; }
}

public sealed partial record VolumeAttachmentSource
{
    [Proto(1)]
    public string? PersistentVolumeName { get; set; }

    [Proto(2)]
    public PersistentVolumeSpec? InlineVolumeSpec { get; set; }
}

public sealed partial record VolumeAttachmentSpec
{
    [Proto(1), Required]
    public string? Attacher { get; set; }

    [Proto(2), Required]
    public VolumeAttachmentSource? Source { get; set; }

    [Proto(3), Required]
    public string? NodeName { get; set; }
}

public sealed partial record VolumeAttachmentStatus
{
    [Proto(1), Required]
    public bool? Attached { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, string>? AttachmentMetadata { get; set; }

    [Proto(3)]
    public VolumeError? AttachError { get; set; }

    [Proto(4)]
    public VolumeError? DetachError { get; set; }
}

public sealed partial record VolumeError
{
    [Proto(1)]
    public DateTimeOffset? Time { get; set; }

    [Proto(2)]
    public string? Message { get; set; }
}
