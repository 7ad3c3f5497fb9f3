using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Pod templates.</summary>
internal sealed class PodTemplateRules : ResourceRules<PodTemplate>
{
    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Containers", Description: "Names of the containers."),
        new("Images", Description: "Images of the containers."),
        new("Pod Labels", Description: "Labels of the pods."),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PodTemplate value)
    {
        if (value.Template?.Spec is { } spec)
            PodSpecDefaults.Apply(spec);
    }

    protected override void PrepareForCreate(PodTemplate value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(PodTemplate value, PodTemplate old) => !SemanticEquality.Same(value.Template, old.Template);

    protected override IEnumerable<FieldError> Validate(PodTemplate value) =>
        PodSpecValidation.Validate(value.Template?.Spec, "template.spec");

    protected override object?[] Row(PodTemplate value, DateTimeOffset now) =>
    [
        value.Metadata.Name, Cells.ContainerNames(value.Template?.Spec), Cells.Images(value.Template?.Spec), Cells.Labels(value.Template?.Metadata?.Labels),
    ];
}
