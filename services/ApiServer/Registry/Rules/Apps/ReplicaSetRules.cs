using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Apps;

/// <summary>Replica sets.</summary>
internal sealed class ReplicaSetRules : ResourceRules<ReplicaSet>
{
    private static readonly SelectableField[] Fields =
    [
        new("status.replicas") { Absent = "0" },
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Desired", "integer", Description: "Pods wanted."),
        new("Current", "integer", Description: "Pods there are."),
        new("Ready", "integer", Description: "Pods that are ready."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the set's pods.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ReplicaSet value)
    {
        var spec = value.Spec ??= new();
        spec.Replicas ??= 1;
        spec.Template = PodSpecDefaults.Of(spec.Template);
    }

    protected override void PrepareForCreate(ReplicaSet value)
    {
        value.Status = new() { Replicas = 0 };
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(ReplicaSet value, ReplicaSet old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(ReplicaSet value, ReplicaSet old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(ReplicaSet value) =>
    [
        .. TemplateValidation.Count(value.Spec!.Replicas, "spec.replicas"),
        .. TemplateValidation.Count(value.Spec.MinReadySeconds, "spec.minReadySeconds"),
        .. TemplateValidation.Validate(value.Spec.Selector, value.Spec.Template, "spec"),
    ];

    protected override IEnumerable<FieldError> ValidateUpdate(ReplicaSet value, ReplicaSet old)
    {
        if (!SemanticEquality.Same(value.Spec?.Selector, old.Spec?.Selector))
            yield return FieldError.Invalid("spec.selector", value.Spec?.Selector, "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(ReplicaSet value, ReplicaSet old)
    {
        var status = value.Status ?? new();
        return ReplicaStatusValidation.Validate(
            status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.ObservedGeneration);
    }

    protected override IEnumerable<string> Warnings(ReplicaSet value) => PodWarnings.Of(value.Spec?.Template, "spec.template");

    protected override object?[] Row(ReplicaSet value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Replicas ?? 0,
        value.Status?.Replicas ?? 0,
        value.Status?.ReadyReplicas ?? 0,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
        Cells.Selector(value.Spec?.Selector),
    ];
}
