using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Volumes: real storage that exists or was made. Where it is can never change under those who use it.</summary>
internal sealed class PersistentVolumeRules : ResourceRules<PersistentVolume>
{
    private const string OldStorageClass = "volume.beta.kubernetes.io/storage-class";
    private static readonly string[] Modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Capacity", Description: "Size of the volume."),
        new("Access Modes", Description: "How the volume may be mounted."),
        new("Reclaim Policy", Description: "What becomes of the volume when its claim goes."),
        new("Status", Description: "Whether a claim has the volume."),
        new("Claim", Description: "Claim that the volume is bound to."),
        new("StorageClass", Description: "Class that the volume is of."),
        new("VolumeAttributesClass", Description: "Class of the volume's attributes."),
        new("Reason", Description: "Why the volume is in its state."),
        Cells.Age,
        new("VolumeMode", Description: "Whether the volume is a file system or a device.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PersistentVolume value)
    {
        value.Status ??= new();
        value.Status.Phase = string.IsNullOrEmpty(value.Status.Phase) ? "Pending" : value.Status.Phase;
        var spec = value.Spec ??= new();
        spec.PersistentVolumeReclaimPolicy = string.IsNullOrEmpty(spec.PersistentVolumeReclaimPolicy) ? "Retain" : spec.PersistentVolumeReclaimPolicy;
        spec.VolumeMode ??= "Filesystem";
        if (spec.HostPath is { } host)
            host.Type ??= "";
        if (spec.Iscsi is { } iscsi)
            iscsi.IscsiInterface = string.IsNullOrEmpty(iscsi.IscsiInterface) ? "default" : iscsi.IscsiInterface;
        if (spec.Rbd is { } rbd)
        {
            rbd.Pool = string.IsNullOrEmpty(rbd.Pool) ? "rbd" : rbd.Pool;
            rbd.User = string.IsNullOrEmpty(rbd.User) ? "admin" : rbd.User;
            rbd.Keyring = string.IsNullOrEmpty(rbd.Keyring) ? "/etc/ceph/keyring" : rbd.Keyring;
        }
    }

    protected override void PrepareForCreate(PersistentVolume value)
    {
        value.Status = new() { Phase = "Pending", LastPhaseTransitionTime = value.Metadata.CreationTimestamp };
        value.Spec!.VolumeAttributesClassName = null;
    }

    protected override bool PrepareForUpdate(PersistentVolume value, PersistentVolume old)
    {
        value.Status = old.Status;
        if (old.Spec?.VolumeAttributesClassName is null)
            value.Spec!.VolumeAttributesClassName = null;
        return false;
    }

    protected override void PrepareForStatusUpdate(PersistentVolume value, PersistentVolume old) => value.Spec = old.Spec;

    protected override void StampStatusUpdate(PersistentVolume value, PersistentVolume old, DateTimeOffset now)
    {
        var status = value.Status ??= new();
        if (status.Phase != old.Status?.Phase && (status.LastPhaseTransitionTime is null || status.LastPhaseTransitionTime == old.Status?.LastPhaseTransitionTime))
            status.LastPhaseTransitionTime = now;
    }

    protected override IEnumerable<FieldError> Validate(PersistentVolume value)
    {
        var spec = value.Spec!;
        return
        [
            .. Access(spec.AccessModes),
            .. Capacity(spec.Capacity ?? new Dictionary<string, Quantity>()),
            .. PersistentVolumeSourceValidation.Validate(spec),
            .. spec.PersistentVolumeReclaimPolicy is "Delete" or "Recycle" or "Retain" ? (FieldError[])[]
                : [FieldError.NotSupported("spec.persistentVolumeReclaimPolicy", spec.PersistentVolumeReclaimPolicy, ["Delete", "Recycle", "Retain"])],
            .. string.IsNullOrEmpty(spec.StorageClassName) ? []
                : NameFormats.DnsSubdomain(spec.StorageClassName).Select(e => FieldError.Invalid("spec.storageClassName", spec.StorageClassName, e)),
            .. spec.VolumeMode is null or "Block" or "Filesystem" ? (FieldError[])[]
                : [FieldError.NotSupported("spec.volumeMode", spec.VolumeMode, ["Block", "Filesystem"])],
            .. Affinity(spec),
        ];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(PersistentVolume value, PersistentVolume old)
    {
        var (spec, before) = (value.Spec!, old.Spec!);
        if (!SemanticEquality.Same(PersistentVolumeSourceValidation.Fixed(spec), PersistentVolumeSourceValidation.Fixed(before)))
            yield return FieldError.Forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
        if (spec.VolumeMode != before.VolumeMode)
            yield return FieldError.Invalid("spec.volumeMode", spec.VolumeMode, "field is immutable");
        if (before.NodeAffinity is not null && !SemanticEquality.Same(spec.NodeAffinity, before.NodeAffinity))
            yield return FieldError.Invalid("spec.nodeAffinity", spec.NodeAffinity, "field is immutable");
        if (spec.VolumeAttributesClassName != before.VolumeAttributesClassName)
            yield return FieldError.Forbidden("spec.volumeAttributesClassName", "update is forbidden when the VolumeAttributesClass feature gate is disabled");
    }

    protected override IEnumerable<string> Warnings(PersistentVolume value)
    {
        foreach (var key in new[] { OldStorageClass, "volume.beta.kubernetes.io/mount-options" })
        {
            if (value.Metadata.Annotations?.ContainsKey(key) == true)
                yield return key == OldStorageClass
                    ? $"metadata.annotations[{key}]: deprecated since v1.8; use \"storageClassName\" attribute instead"
                    : $"metadata.annotations[{key}]: deprecated since v1.31; use \"mountOptions\" attribute instead";
        }

        if (value.Spec?.PersistentVolumeReclaimPolicy == "Recycle")
            yield return "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        foreach (var warning in PersistentVolumeSourceValidation.Warnings(value.Spec ?? new()))
            yield return warning;
        foreach (var (term, i) in (value.Spec?.NodeAffinity?.Required?.NodeSelectorTerms ?? []).Select((t, i) => (t, i)))
        {
            foreach (var warning in Pods.PlacementWarnings.Term(term, $"spec.nodeAffinity.required.nodeSelectorTerms[{i}]"))
                yield return warning;
        }
    }

    protected override object?[] Row(PersistentVolume value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Capacity?.TryGetValue("storage", out var size) == true ? size.ToString() : "0",
        Cells.AccessModes(value.Spec?.AccessModes),
        value.Spec?.PersistentVolumeReclaimPolicy ?? "",
        value.Metadata.DeletionTimestamp is null ? value.Status?.Phase ?? "" : "Terminating",
        value.Spec?.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : "",
        value.Metadata.Annotations?.GetValueOrDefault(OldStorageClass) ?? value.Spec?.StorageClassName ?? "",
        value.Spec?.VolumeAttributesClassName ?? "<unset>",
        value.Status?.Reason ?? "",
        Cells.Since(value.Metadata.CreationTimestamp, now),
        value.Spec?.VolumeMode ?? "<unset>",
    ];

    private static IEnumerable<FieldError> Access(IReadOnlyList<string>? modes)
    {
        if (modes is not { Count: > 0 })
            yield return FieldError.Required("spec.accessModes");
        foreach (var mode in (modes ?? []).Where(m => !Modes.Contains(m)))
            yield return FieldError.NotSupported("spec.accessModes", mode, Modes);
        if (modes?.Contains("ReadWriteOncePod") == true && modes.Distinct().Count() > 1)
            yield return FieldError.Forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes");
    }

    private static IEnumerable<FieldError> Capacity(IReadOnlyDictionary<string, Quantity> capacity)
    {
        if (capacity.Count == 0)
            yield return FieldError.Required("spec.capacity");
        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
            yield return FieldError.NotSupported("spec.capacity", capacity.Keys.Order(StringComparer.Ordinal).ToList(), ["storage"]);
        foreach (var (name, amount) in capacity)
        {
            if (amount.Sign < 0)
                yield return FieldError.Invalid($"spec.capacity[{name}]", amount.ToString(), "must be greater than or equal to 0");
            else if (amount.Sign == 0)
                yield return FieldError.Invalid($"spec.capacity[{name}]", amount.ToString(), "must be greater than zero");
        }
    }

    private static IEnumerable<FieldError> Affinity(PersistentVolumeSpec spec)
    {
        if (spec.Local is not null && spec.NodeAffinity is null)
            yield return FieldError.Required("spec.nodeAffinity", "Local volume requires node affinity");
        if (spec.NodeAffinity is not { } affinity)
            yield break;
        if (affinity.Required is null)
            yield return FieldError.Required("spec.nodeAffinity.required", "must specify required node constraints");
        else if (affinity.Required.NodeSelectorTerms is not { Count: > 0 })
            yield return FieldError.Required("spec.nodeAffinity.required.nodeSelectorTerms", "must have at least one node selector term");
    }
}
