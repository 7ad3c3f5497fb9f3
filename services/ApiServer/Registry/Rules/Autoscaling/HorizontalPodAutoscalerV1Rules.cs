using System.Globalization;
using Platform.Api.Autoscaling.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using V2 = Platform.Api.Autoscaling.V2;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>Horizontal autoscalers in v1, which knows one metric: the pods' processor use. The others travel in annotations.</summary>
internal sealed class HorizontalPodAutoscalerV1Rules : ResourceRules<HorizontalPodAutoscaler>
{
    public override IReadOnlyList<TableColumn> Columns => AutoscalerTable.Columns;

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(HorizontalPodAutoscaler value) => (value.Spec ??= new()).MinReplicas ??= 1;

    protected override void PrepareForCreate(HorizontalPodAutoscaler value) => value.Status = new() { CurrentReplicas = 0, DesiredReplicas = 0 };

    protected override bool PrepareForUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> ValidateCreate(HorizontalPodAutoscaler value) => AutoscalerValidation.Spec(InV2(value.Spec!), least: 1);

    protected override IEnumerable<FieldError> ValidateUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) =>
        AutoscalerValidation.Spec(InV2(value.Spec!), least: old.Spec?.MinReplicas == 0 ? 0 : 1);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) =>
        AutoscalerValidation.Status(value.Status?.CurrentReplicas, value.Status?.DesiredReplicas);

    protected override object?[] Row(HorizontalPodAutoscaler value, DateTimeOffset now) => AutoscalerTable.Row(
        value.Metadata,
        $"{value.Spec?.ScaleTargetRef?.Kind}/{value.Spec?.ScaleTargetRef?.Name}",
        Targets(value),
        (value.Spec?.MinReplicas, value.Spec?.MaxReplicas, value.Status?.CurrentReplicas),
        now);

    private static string Targets(HorizontalPodAutoscaler value)
    {
        if (value.Spec?.TargetCPUUtilizationPercentage is not { } target)
            return Cells.None;
        var present = value.Status?.CurrentCPUUtilizationPercentage is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent}%") : "<unknown>";
        return string.Create(CultureInfo.InvariantCulture, $"cpu: {present}/{target}%");
    }

    /// <summary>The spec as v2 has it, so that both have the same rules and the same words for them.</summary>
    private static V2.HorizontalPodAutoscalerSpec InV2(HorizontalPodAutoscalerSpec spec) => new()
    {
        ScaleTargetRef = spec.ScaleTargetRef is { } target ? new() { Kind = target.Kind, ApiVersion = target.ApiVersion, Name = target.Name } : null,
        MinReplicas = spec.MinReplicas,
        MaxReplicas = spec.MaxReplicas,
        Metrics = spec.TargetCPUUtilizationPercentage is { } percent
            ? [new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = percent } } }]
            : null,
    };
}
