using System.Globalization;
using Platform.Api.Apps.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Apps;

/// <summary>Deployments.</summary>
internal sealed class DeploymentRules : ResourceRules<Deployment>
{
    private const string Quarter = "25%";

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Ready", Description: "Ready pods, out of those wanted."),
        new("Up-to-date", Description: "Pods made from the present template."),
        new("Available", Description: "Pods that have been ready long enough."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the deployment's pods.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(Deployment value)
    {
        var spec = value.Spec ??= new();
        spec.Replicas ??= 1;
        spec.RevisionHistoryLimit ??= 10;
        spec.ProgressDeadlineSeconds ??= 600;
        spec.Strategy ??= new();
        if (string.IsNullOrEmpty(spec.Strategy.Type))
            spec.Strategy.Type = "RollingUpdate";
        if (spec.Strategy.Type == "RollingUpdate")
        {
            spec.Strategy.RollingUpdate ??= new();
            spec.Strategy.RollingUpdate.MaxUnavailable ??= Quarter;
            spec.Strategy.RollingUpdate.MaxSurge ??= Quarter;
        }

        spec.Template = PodSpecDefaults.Of(spec.Template);
    }

    protected override void PrepareForCreate(Deployment value)
    {
        value.Status = new();
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(Deployment value, Deployment old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec) || !SemanticEquality.Same(value.Metadata.Annotations, old.Metadata.Annotations);
    }

    protected override void PrepareForStatusUpdate(Deployment value, Deployment old)
    {
        value.Spec = old.Spec;
        value.Metadata.Labels = old.Metadata.Labels;
    }

    protected override IEnumerable<FieldError> Validate(Deployment value)
    {
        var spec = value.Spec!;
        return
        [
            .. TemplateValidation.Count(spec.Replicas, "spec.replicas"),
            .. TemplateValidation.Count(spec.MinReadySeconds, "spec.minReadySeconds"),
            .. TemplateValidation.Count(spec.RevisionHistoryLimit, "spec.revisionHistoryLimit"),
            .. TemplateValidation.Count(spec.ProgressDeadlineSeconds, "spec.progressDeadlineSeconds"),
            .. TemplateValidation.Validate(spec.Selector, spec.Template, "spec"),
            .. Strategy(spec),
        ];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Deployment value, Deployment old)
    {
        if (!SemanticEquality.Same(value.Spec?.Selector, old.Spec?.Selector))
            yield return FieldError.Invalid("spec.selector", value.Spec?.Selector, "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Deployment value, Deployment old)
    {
        var status = value.Status ?? new();
        (long? Count, string Field)[] counts =
        [
            (status.ObservedGeneration, "observedGeneration"), (status.Replicas, "replicas"), (status.UpdatedReplicas, "updatedReplicas"),
            (status.ReadyReplicas, "readyReplicas"), (status.AvailableReplicas, "availableReplicas"), (status.UnavailableReplicas, "unavailableReplicas"),
            (status.CollisionCount, "collisionCount"),
        ];
        foreach (var error in counts.SelectMany(c => TemplateValidation.Count(c.Count, $"status.{c.Field}")))
            yield return error;
        if ((status.CollisionCount ?? 0) < (old.Status?.CollisionCount ?? 0))
            yield return FieldError.Invalid("status.collisionCount", status.CollisionCount ?? 0, "cannot be decremented");
        if (status.UpdatedReplicas > (status.Replicas ?? 0))
            yield return FieldError.Invalid("status.updatedReplicas", status.UpdatedReplicas, "cannot be greater than status.replicas");
        if (status.ReadyReplicas > (status.Replicas ?? 0))
            yield return FieldError.Invalid("status.readyReplicas", status.ReadyReplicas, "cannot be greater than status.replicas");
        if (status.AvailableReplicas > (status.Replicas ?? 0))
            yield return FieldError.Invalid("status.availableReplicas", status.AvailableReplicas, "cannot be greater than status.replicas");
        if (status.AvailableReplicas > (status.ReadyReplicas ?? 0))
            yield return FieldError.Invalid("status.availableReplicas", status.AvailableReplicas, "cannot be greater than readyReplicas");
    }

    protected override IEnumerable<string> Warnings(Deployment value) => PodWarnings.Of(value.Spec?.Template, "spec.template");

    protected override object?[] Row(Deployment value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        string.Create(CultureInfo.InvariantCulture, $"{value.Status?.ReadyReplicas ?? 0}/{value.Spec?.Replicas ?? 0}"),
        value.Status?.UpdatedReplicas ?? 0,
        value.Status?.AvailableReplicas ?? 0,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
        Cells.Selector(value.Spec?.Selector),
    ];

    private static IEnumerable<FieldError> Strategy(DeploymentSpec spec)
    {
        if (spec.ProgressDeadlineSeconds <= (spec.MinReadySeconds ?? 0))
            yield return FieldError.Invalid("spec.progressDeadlineSeconds", spec.ProgressDeadlineSeconds, "must be greater than minReadySeconds");
        var strategy = spec.Strategy!;
        switch (strategy.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null)
                    yield return FieldError.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                foreach (var error in Rolling(strategy.RollingUpdate!, "spec.strategy.rollingUpdate"))
                    yield return error;
                break;
            default:
                yield return FieldError.NotSupported("spec.strategy", strategy, ["Recreate", "RollingUpdate"]);
                break;
        }
    }

    private static IEnumerable<FieldError> Rolling(RollingUpdateDeployment rolling, string path)
    {
        var zero = true;
        foreach (var (value, field) in new[] { (rolling.MaxUnavailable ?? 0, "maxUnavailable"), (rolling.MaxSurge ?? 0, "maxSurge") })
        {
            var wrong = value.Text is { } text ? NameFormats.Percent(text) : value.Number < 0 ? ["must be greater than or equal to 0"] : [];
            foreach (var error in wrong)
                yield return FieldError.Invalid($"{path}.{field}", value, error);
            zero &= value.Scale(100, roundUp: true) is 0;
        }

        if (rolling.MaxUnavailable?.Text is not null && rolling.MaxUnavailable.Value.Scale(100, roundUp: true) > 100)
            yield return FieldError.Invalid($"{path}.maxUnavailable", rolling.MaxUnavailable, "must not be greater than 100%");
        if (zero)
            yield return FieldError.Invalid($"{path}.maxUnavailable", rolling.MaxUnavailable, "may not be 0 when `maxSurge` is 0");
    }
}
