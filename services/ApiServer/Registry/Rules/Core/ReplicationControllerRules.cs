using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Replication controllers, the elder of replica sets: their selector is plain labels, and taken from the template where it is left out.</summary>
internal sealed class ReplicationControllerRules : ResourceRules<ReplicationController>
{
    public override DependentsPolicy DependentsPolicy => DependentsPolicy.Orphan;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Desired", "integer", Description: "Pods wanted."),
        new("Current", "integer", Description: "Pods that exist."),
        new("Ready", "integer", Description: "Pods that are ready."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the controller's pods.", Priority: 1),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields { get; } = [new("status.replicas") { Absent = "0" }];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ReplicationController value)
    {
        var spec = value.Spec ??= new();
        spec.Replicas ??= 1;
        var labels = spec.Template?.Metadata?.Labels;
        if (labels is { Count: > 0 })
        {
            if (spec.Selector is not { Count: > 0 })
                spec.Selector = labels;
            if (value.Metadata.Labels is not { Count: > 0 })
                value.Metadata.Labels = labels;
        }

        if (spec.Template?.Spec is { } pod)
            PodSpecDefaults.Apply(pod);
    }

    protected override void PrepareForCreate(ReplicationController value)
    {
        value.Status = new() { Replicas = 0 };
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(ReplicationController value, ReplicationController old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(ReplicationController value, ReplicationController old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(ReplicationController value)
    {
        var spec = value.Spec!;
        var labels = TemplateValidation.LabelsOf(spec.Template);
        return
        [
            .. TemplateValidation.Count(spec.MinReadySeconds, "spec.minReadySeconds"),
            .. spec.Selector is { Count: > 0 } ? (FieldError[])[] : [FieldError.Required("spec.selector")],
            .. TemplateValidation.Count(spec.Replicas, "spec.replicas"),
            .. spec.Template is not null && spec.Selector?.All(s => labels.GetValueOrDefault(s.Key) == s.Value) == false
                ? [FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")] : (FieldError[])[],
            .. TemplateValidation.Template(spec.Template, "spec.template", "ReplicationController"),
        ];
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(ReplicationController value, ReplicationController old)
    {
        var status = value.Status ?? new();
        return ReplicaStatusValidation.Validate(
            status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.ObservedGeneration);
    }

    protected override IEnumerable<string> Warnings(ReplicationController value)
    {
        if (value.Metadata.Name is { } name && NameFormats.DnsLabel(name).FirstOrDefault() is { } wrong)
            yield return $"metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [{wrong}]";
        foreach (var warning in PodWarnings.Of(value.Spec?.Template, "spec.template"))
            yield return warning;
    }

    protected override object?[] Row(ReplicationController value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Replicas ?? 0,
        value.Status?.Replicas ?? 0,
        value.Status?.ReadyReplicas ?? 0,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
        Cells.Labels(value.Spec?.Selector),
    ];
}
