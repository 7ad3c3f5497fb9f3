using Platform.Api.Autoscaling.V2;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>Horizontal autoscalers in v2, the shape in which they are stored.</summary>
internal sealed class HorizontalPodAutoscalerRules : ResourceRules<HorizontalPodAutoscaler>
{
    public const int DefaultUtilization = 80;

    public override IReadOnlyList<TableColumn> Columns => AutoscalerTable.Columns;

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(HorizontalPodAutoscaler value)
    {
        var spec = value.Spec ??= new();
        spec.MinReplicas ??= 1;
        if (spec.Metrics is not { Count: > 0 })
            spec.Metrics = [new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = DefaultUtilization } } }];
        if (spec.Behavior is not { } behavior)
            return;
        behavior.ScaleUp = Fill(behavior.ScaleUp, window: 0, new() { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new() { Type = "Percent", Value = 100, PeriodSeconds = 15 });
        behavior.ScaleDown = Fill(behavior.ScaleDown, window: null, new HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 });
    }

    protected override void PrepareForCreate(HorizontalPodAutoscaler value) => value.Status = new() { DesiredReplicas = 0 };

    protected override bool PrepareForUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> ValidateCreate(HorizontalPodAutoscaler value) => AutoscalerValidation.Spec(value.Spec!, least: 1);

    // Scaling to zero is a feature that is off; an object that has it already keeps it.
    protected override IEnumerable<FieldError> ValidateUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) =>
        AutoscalerValidation.Spec(value.Spec!, least: old.Spec?.MinReplicas == 0 ? 0 : 1);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old) =>
        AutoscalerValidation.Status(value.Status?.CurrentReplicas, value.Status?.DesiredReplicas);

    protected override object?[] Row(HorizontalPodAutoscaler value, DateTimeOffset now) => AutoscalerTable.Row(
        value.Metadata,
        $"{value.Spec?.ScaleTargetRef?.Kind}/{value.Spec?.ScaleTargetRef?.Name}",
        AutoscalerTable.Targets(value.Spec?.Metrics ?? [], value.Status?.CurrentMetrics ?? []),
        (value.Spec?.MinReplicas, value.Spec?.MaxReplicas, value.Status?.CurrentReplicas),
        now);

    private static HPAScalingRules Fill(HPAScalingRules? rules, int? window, params IReadOnlyList<HPAScalingPolicy> policies)
    {
        rules ??= new();
        rules.SelectPolicy ??= "Max";
        rules.StabilizationWindowSeconds ??= window;
        rules.Policies ??= policies;
        return rules;
    }
}
