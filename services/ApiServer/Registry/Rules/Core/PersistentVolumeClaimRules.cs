using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>
/// Claims of storage. A claim's spec is what a volume was bound or made for, so it is fixed; a bound claim may only ask for more. Volume attributes
/// classes are a feature that 1.32 has off: their name is forgotten unless the object has one already.
/// </summary>
internal sealed class PersistentVolumeClaimRules : ResourceRules<PersistentVolumeClaim>
{
    private const string OldStorageClass = "volume.beta.kubernetes.io/storage-class";
    private const string Fixed = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    private static readonly string[] Modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
    private static readonly Dictionary<string, Quantity> NoAmounts = [];

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Status", Description: "Whether the claim has a volume."),
        new("Volume", Description: "Volume that the claim is bound to."),
        new("Capacity", Description: "Size of the volume."),
        new("Access Modes", Description: "How the volume may be mounted."),
        new("StorageClass", Description: "Class that volumes are made from."),
        new("VolumeAttributesClass", Description: "Class of the volume's attributes."),
        Cells.Age,
        new("VolumeMode", Description: "Whether the volume is a file system or a device.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    /// <summary>What is filled in, in claims and in the claim templates of stateful sets.</summary>
    public static void Fill(PersistentVolumeClaim claim)
    {
        claim.Status ??= new();
        claim.Status.Phase = string.IsNullOrEmpty(claim.Status.Phase) ? "Pending" : claim.Status.Phase;
        (claim.Spec ??= new()).VolumeMode ??= "Filesystem";
        claim.Spec.Resources ??= new();
    }

    public static IEnumerable<string> WarningsOf(PersistentVolumeClaim claim, string path)
    {
        foreach (var (list, field) in new[] { (claim.Spec?.Resources?.Limits, "limits"), (claim.Spec?.Resources?.Requests, "requests") })
        {
            if (list?.TryGetValue("storage", out var storage) == true && storage.Nanos % Units != 0)
                yield return $"{path}.resources.{field}[storage]: fractional byte value \"{storage}\" is invalid, must be an integer";
        }
    }

    protected override void Default(PersistentVolumeClaim value) => Fill(value);

    protected override void PrepareForCreate(PersistentVolumeClaim value)
    {
        value.Status = new() { Phase = "Pending" };
        value.Spec!.VolumeAttributesClassName = null;
        // A source outside the namespace is a feature that is off, and so is one that only the newer field can name.
        if (value.Spec.DataSourceRef is { Namespace: not null })
            value.Spec.DataSourceRef = null;
        Mirror(value.Spec);
    }

    protected override bool PrepareForUpdate(PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        value.Status = old.Status;
        if (old.Spec?.VolumeAttributesClassName is null)
            value.Spec!.VolumeAttributesClassName = null;
        if (value.Spec!.DataSource is null || value.Spec.DataSourceRef is null)
            Mirror(value.Spec);
        return false;
    }

    protected override void PrepareForStatusUpdate(PersistentVolumeClaim value, PersistentVolumeClaim old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(PersistentVolumeClaim value) => Spec(value.Spec!, "spec");

    protected override IEnumerable<FieldError> ValidateUpdate(PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        var (spec, before) = (value.Spec!, old.Spec!);
        var settled = spec with { };
        if (string.IsNullOrEmpty(before.VolumeName))
            settled.VolumeName = before.VolumeName;
        // The default class may be filled in later, when there is one.
        if (before.StorageClassName is null && spec.StorageClassName is not null && old.Metadata.Annotations?.ContainsKey(OldStorageClass) != true)
            settled.StorageClassName = null;
        var bound = old.Status?.Phase == "Bound";
        if (bound)
            settled.Resources = (spec.Resources ?? new()) with { Requests = before.Resources?.Requests };
        if (!SemanticEquality.Same(settled, before))
            yield return FieldError.Forbidden("spec", Fixed);
        if (bound && Storage(spec.Resources?.Requests) is var now && now < Storage(before.Resources?.Requests) && now <= Storage(old.Status?.Capacity))
            yield return FieldError.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        if (spec.VolumeMode != before.VolumeMode)
            yield return FieldError.Invalid("spec.volumeMode", spec.VolumeMode, "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        var status = value.Status ?? new();
        if (value.Metadata.ResourceVersion is "")
            yield return FieldError.Required("resourceVersion");
        foreach (var (amounts, field) in new[] { (status.Capacity, "capacity"), (status.AllocatedResources, "allocatedResources") })
        {
            foreach (var (name, amount) in (amounts ?? NoAmounts).Where(a => a.Value.Sign < 0))
                yield return FieldError.Invalid($"status.{field}[{name}]", amount.ToString(), "must be greater than or equal to 0");
        }

        foreach (var (name, state) in status.AllocatedResourceStatuses ?? new Dictionary<string, string>())
        {
            string[] supported = ["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizePending", "NodeResizeInProgress", "NodeResizeInfeasible"];
            if (!supported.Contains(state))
                yield return FieldError.NotSupported($"status.allocatedResourceStatus[{name}]", state, supported);
        }
    }

    protected override IEnumerable<string> Warnings(PersistentVolumeClaim value)
    {
        if (value.Metadata.Annotations?.ContainsKey(OldStorageClass) == true)
            yield return $"metadata.annotations[{OldStorageClass}]: deprecated since v1.8; use \"storageClassName\" attribute instead";
        foreach (var warning in WarningsOf(value, "spec"))
            yield return warning;
    }

    protected override object?[] Row(PersistentVolumeClaim value, DateTimeOffset now)
    {
        var bound = !string.IsNullOrEmpty(value.Spec?.VolumeName);
        return
        [
            value.Metadata.Name,
            value.Metadata.DeletionTimestamp is null ? value.Status?.Phase ?? "" : "Terminating",
            value.Spec?.VolumeName ?? "",
            bound && value.Status?.Capacity?.TryGetValue("storage", out var size) == true ? size.ToString() : bound ? "0" : "",
            bound ? Cells.AccessModes(value.Status?.AccessModes) : "",
            value.Metadata.Annotations?.GetValueOrDefault(OldStorageClass) ?? value.Spec?.StorageClassName ?? "",
            value.Spec?.VolumeAttributesClassName ?? "<unset>",
            Cells.Since(value.Metadata.CreationTimestamp, now),
            value.Spec?.VolumeMode ?? "<unset>",
        ];
    }

    /// <summary>Nanos of one.</summary>
    private const long Units = 1_000_000_000;

    private static Quantity Storage(IReadOnlyDictionary<string, Quantity>? amounts) =>
        amounts?.TryGetValue("storage", out var amount) == true ? amount : Quantity.Zero;

    /// <summary>The two fields for a source say the same; old clients know only the first.</summary>
    private static void Mirror(PersistentVolumeClaimSpec spec)
    {
        if (spec is { DataSource: { } source, DataSourceRef: null })
            spec.DataSourceRef = new() { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name };
        else if (spec is { DataSource: null, DataSourceRef: { Namespace: null } reference } && IsKnown(reference))
            spec.DataSource = new() { ApiGroup = reference.ApiGroup, Kind = reference.Kind, Name = reference.Name };
    }

    private static bool IsKnown(TypedObjectReference reference) => !string.IsNullOrEmpty(reference.Kind) && !string.IsNullOrEmpty(reference.Name);

    /// <summary>The rules of a claim's spec, be it of a claim or of a template.</summary>
    public static IEnumerable<FieldError> Spec(PersistentVolumeClaimSpec spec, string path)
    {
        if (spec.AccessModes is not { Count: > 0 } modes)
            yield return FieldError.Required($"{path}.accessModes", "at least 1 access mode is required");
        else
        {
            foreach (var mode in modes.Where(m => !Modes.Contains(m)))
                yield return FieldError.NotSupported($"{path}.accessModes", mode, Modes);
            if (modes.Contains("ReadWriteOncePod") && modes.Distinct().Count() > 1)
                yield return FieldError.Forbidden($"{path}.accessModes", "may not use ReadWriteOncePod with other access modes");
        }

        foreach (var error in LabelSelectorValidation.Validate(spec.Selector, $"{path}.selector"))
            yield return error;
        if (spec.Resources?.Requests?.TryGetValue("storage", out var storage) != true)
            yield return FieldError.Required($"{path}.resources[storage]");
        else if (storage.Sign <= 0)
            yield return FieldError.Invalid($"{path}.resources[storage]", storage.ToString(), "must be greater than zero");
        if (!string.IsNullOrEmpty(spec.StorageClassName))
        {
            foreach (var error in NameFormats.DnsSubdomain(spec.StorageClassName))
                yield return FieldError.Invalid($"{path}.storageClassName", spec.StorageClassName, error);
        }

        if (spec.VolumeMode is not (null or "Block" or "Filesystem"))
            yield return FieldError.NotSupported($"{path}.volumeMode", spec.VolumeMode, ["Block", "Filesystem"]);
        foreach (var error in Source(spec, path))
            yield return error;
    }

    private static IEnumerable<FieldError> Source(PersistentVolumeClaimSpec spec, string path)
    {
        foreach (var (present, group, kind, name, field) in new[]
        {
            (spec.DataSource is not null, spec.DataSource?.ApiGroup, spec.DataSource?.Kind, spec.DataSource?.Name, "dataSource"),
            (spec.DataSourceRef is not null, spec.DataSourceRef?.ApiGroup, spec.DataSourceRef?.Kind, spec.DataSourceRef?.Name, "dataSourceRef"),
        })
        {
            if (!present)
                continue;
            if (string.IsNullOrEmpty(name))
                yield return FieldError.Required($"{path}.{field}.name");
            if (string.IsNullOrEmpty(kind))
                yield return FieldError.Required($"{path}.{field}.kind");
            if (string.IsNullOrEmpty(group) && kind != "PersistentVolumeClaim")
                yield return FieldError.Invalid($"{path}.{field}", kind ?? "", "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }

        if (spec is { DataSource: { } source, DataSourceRef: { } reference }
            && (source.Kind, source.Name, source.ApiGroup ?? "") != (reference.Kind, reference.Name, reference.ApiGroup ?? ""))
            yield return FieldError.Invalid(path, $"{path}.dataSource", "must match dataSourceRef");
    }
}
