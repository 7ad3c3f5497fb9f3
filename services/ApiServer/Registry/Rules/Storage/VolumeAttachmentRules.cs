using System.Text;
using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Storage;

/// <summary>Attachments of volumes to nodes.</summary>
internal sealed class VolumeAttachmentRules : ResourceRules<VolumeAttachment>
{
    private const string OneOf = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    /// <summary>Most bytes of an error's message.</summary>
    private const int ErrorBytes = 1024;

    /// <summary>Most bytes of the metadata of an attachment.</summary>
    private const int MetadataBytes = 256 * 1024;

    public override bool AllowsUnconditionalUpdate => false;

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Attacher", Description: "Driver that attaches the volume."),
        new("PV", Description: "Volume."),
        new("Node", Description: "Node that the volume is attached to."),
        new("Attached", "boolean", Description: "Whether it is attached."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void PrepareForCreate(VolumeAttachment value) => value.Status = new() { Attached = false };

    protected override bool PrepareForUpdate(VolumeAttachment value, VolumeAttachment old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(VolumeAttachment value, VolumeAttachment old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(VolumeAttachment value)
    {
        var spec = value.Spec ?? new();
        if (string.IsNullOrEmpty(spec.Attacher))
            yield return FieldError.Required("spec.attacher");
        else
        {
            foreach (var error in Findings.DriverName(spec.Attacher, "spec.attacher"))
                yield return error;
        }
        switch (spec.Source)
        {
            case null or { InlineVolumeSpec: null, PersistentVolumeName: null }:
                yield return FieldError.Required("spec.source", OneOf);
                break;
            case { InlineVolumeSpec: not null, PersistentVolumeName: not null }:
                yield return FieldError.Forbidden("spec.source", OneOf);
                break;
            case { PersistentVolumeName: "" }:
                yield return FieldError.Required("spec.source.persistentVolumeName", "must specify non empty persistentVolumeName");
                break;
            case { PersistentVolumeName: { } volume }:
                foreach (var error in Findings.Of(NameFormats.DnsSubdomain(volume), "spec.source.persistentVolumeName", volume))
                    yield return error;
                break;
        }
        foreach (var error in Findings.Of(NameFormats.DnsSubdomain(spec.NodeName ?? ""), "spec.nodeName", spec.NodeName ?? ""))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateUpdate(VolumeAttachment value, VolumeAttachment old) => Immutable.Check(value.Spec, old.Spec, "spec");

    protected override IEnumerable<FieldError> ValidateStatusUpdate(VolumeAttachment value, VolumeAttachment old)
    {
        var status = value.Status ?? new();
        var size = (status.AttachmentMetadata ?? new Dictionary<string, string>()).Sum(m => Encoding.UTF8.GetByteCount(m.Key) + Encoding.UTF8.GetByteCount(m.Value));
        if (size > MetadataBytes)
            yield return FieldError.TooLong("status.attachmentMetadata", MetadataBytes);
        foreach (var (field, error) in new[] { ("attachError", status.AttachError), ("detachError", status.DetachError) })
        {
            if (Encoding.UTF8.GetByteCount(error?.Message ?? "") > ErrorBytes)
                yield return FieldError.TooLong($"status.{field}.message", ErrorBytes);
        }
    }

    protected override object?[] Row(VolumeAttachment value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Attacher,
        value.Spec?.Source?.PersistentVolumeName ?? "",
        value.Spec?.NodeName,
        value.Status?.Attached ?? false,
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];
}
