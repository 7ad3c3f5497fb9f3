using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>
/// Namespaces. A new one is active and carries the finalizer <c>kubernetes</c> in its spec: deletion only marks it, and the namespace
/// controller empties it before it lifts that finalizer through the <c>finalize</c> subresource.
/// </summary>
internal sealed class NamespaceRules : ResourceRules<Namespace>
{
    /// <summary>Finalizer of the namespace controller.</summary>
    public const string Finalizer = "kubernetes";

    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly SelectableField[] Fields =
    [
        new("status.phase"),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Status", Description: "Active or Terminating."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsLabel(name).FirstOrDefault();

    protected override void Default(Namespace value)
    {
        value.Spec ??= new();
        if (string.IsNullOrEmpty(value.Metadata.Name) || value.Metadata.Labels?.GetValueOrDefault(NameLabel) == value.Metadata.Name)
            return;
        value.Metadata.Labels = new Dictionary<string, string>(value.Metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [NameLabel] = value.Metadata.Name,
        };
    }

    protected override void PrepareForCreate(Namespace value)
    {
        value.Status = new() { Phase = "Active" };
        if (value.Spec!.Finalizers?.Contains(Finalizer) != true)
            value.Spec.Finalizers = [.. value.Spec.Finalizers ?? [], Finalizer];
    }

    protected override bool PrepareForUpdate(Namespace value, Namespace old)
    {
        value.Spec!.Finalizers = old.Spec?.Finalizers;
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(Namespace value, Namespace old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Namespace value) =>
        (value.Spec?.Finalizers ?? []).SelectMany(f => NameFormats.QualifiedName(f).Select(e => FieldError.Invalid("spec.finalizers", f, e)));

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Namespace value, Namespace old)
    {
        var phase = value.Status?.Phase ?? "";
        if (old.Metadata.DeletionTimestamp is null && phase != "Active")
            yield return FieldError.Invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        if (old.Metadata.DeletionTimestamp is not null && phase != "Terminating")
            yield return FieldError.Invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }

    protected override object?[] Row(Namespace value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Status?.Phase, Cells.Since(value.Metadata.CreationTimestamp, now)];
}
