using Platform.Api.Autoscaling.V2;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>The rules of an autoscaler: bounds, metrics of one source each, and how fast it may act.</summary>
internal static class AutoscalerValidation
{
    private const int LongestWindow = 3600;
    private const int LongestPeriod = 1800;

    private static readonly string[] Sources = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    /// <param name="spec">Spec as v2 has it.</param>
    /// <param name="least">Least value of <c>minReplicas</c>.</param>
    public static IEnumerable<FieldError> Spec(HorizontalPodAutoscalerSpec spec, int least)
    {
        if (spec.MinReplicas < least)
            yield return FieldError.Invalid("spec.minReplicas", spec.MinReplicas, $"must be greater than or equal to {least}");
        if ((spec.MaxReplicas ?? 0) < 1)
            yield return FieldError.Invalid("spec.maxReplicas", spec.MaxReplicas ?? 0, "must be greater than 0");
        if ((spec.MaxReplicas ?? 0) < spec.MinReplicas)
            yield return FieldError.Invalid("spec.maxReplicas", spec.MaxReplicas ?? 0, "must be greater than or equal to `minReplicas`");
        IEnumerable<FieldError> rest =
        [
            .. Reference(spec.ScaleTargetRef, "spec.scaleTargetRef"),
            .. (spec.Metrics ?? []).SelectMany((m, i) => Metric(m, $"spec.metrics[{i}]")),
            .. spec.MinReplicas == 0 && spec.Metrics?.Any(m => m.Type is "Object" or "External") != true
                ? [FieldError.Forbidden("spec.metrics", "must specify at least one Object or External metric to support scaling to zero replicas")]
                : (FieldError[])[],
            .. Rules(spec.Behavior?.ScaleUp, "spec.behavior.scaleUp"),
            .. Rules(spec.Behavior?.ScaleDown, "spec.behavior.scaleDown"),
        ];
        foreach (var error in rest)
            yield return error;
    }

    public static IEnumerable<FieldError> Status(int? current, int? desired) =>
        TemplateValidation.Count(current, "status.currentReplicas").Concat(TemplateValidation.Count(desired, "status.desiredReplicas"));

    private static IEnumerable<FieldError> Reference(CrossVersionObjectReference? reference, string path) =>
        Segment(reference?.Kind, $"{path}.kind", "").Concat(Segment(reference?.Name, $"{path}.name", ""));

    private static IEnumerable<FieldError> Segment(string? text, string path, string missing)
    {
        if (string.IsNullOrEmpty(text))
            yield return FieldError.Required(path, missing);
        else if (text is "." or "..")
            yield return FieldError.Invalid(path, text, $"may not be '{text}'");
        else
        {
            foreach (var part in new[] { "/", "%" }.Where(text.Contains))
                yield return FieldError.Invalid(path, text, $"may not contain '{part}'");
        }
    }

    private static IEnumerable<FieldError> Rules(HPAScalingRules? rules, string path)
    {
        if (rules is null)
            yield break;
        if (rules.StabilizationWindowSeconds < 0)
            yield return FieldError.Invalid($"{path}.stabilizationWindowSeconds", rules.StabilizationWindowSeconds, "must be greater than or equal to zero");
        if (rules.StabilizationWindowSeconds > LongestWindow)
            yield return FieldError.Invalid($"{path}.stabilizationWindowSeconds", rules.StabilizationWindowSeconds, $"must be less than or equal to {LongestWindow}");
        if (rules.SelectPolicy is not (null or "Max" or "Min" or "Disabled"))
            yield return FieldError.NotSupported($"{path}.selectPolicy", rules.SelectPolicy, ["Disabled", "Max", "Min"]);
        if (rules.Policies is not { Count: > 0 })
            yield return FieldError.Required($"{path}.policies", "must specify at least one Policy");
        foreach (var error in (rules.Policies ?? []).SelectMany((p, i) => Policy(p, $"{path}.policies[{i}]")))
            yield return error;
    }

    private static IEnumerable<FieldError> Policy(HPAScalingPolicy policy, string path)
    {
        if (policy.Type is not ("Pods" or "Percent"))
            yield return FieldError.NotSupported($"{path}.type", policy.Type ?? "", ["Percent", "Pods"]);
        if ((policy.Value ?? 0) <= 0)
            yield return FieldError.Invalid($"{path}.value", policy.Value ?? 0, "must be greater than zero");
        if ((policy.PeriodSeconds ?? 0) <= 0)
            yield return FieldError.Invalid($"{path}.periodSeconds", policy.PeriodSeconds ?? 0, "must be greater than zero");
        if (policy.PeriodSeconds > LongestPeriod)
            yield return FieldError.Invalid($"{path}.periodSeconds", policy.PeriodSeconds, $"must be less than or equal to {LongestPeriod}");
    }

    private static IEnumerable<FieldError> Metric(MetricSpec metric, string path)
    {
        if (string.IsNullOrEmpty(metric.Type))
            yield return FieldError.Required($"{path}.type", "must specify a metric source type");
        if (!Sources.Contains(metric.Type))
            yield return FieldError.NotSupported($"{path}.type", metric.Type ?? "", Sources);
        (string Type, string Field, bool Present, Func<string, IEnumerable<FieldError>> Check)[] all =
        [
            ("Object", "object", metric.Object is not null, at => Object(metric.Object!, at)),
            ("External", "external", metric.External is not null, at => External(metric.External!, at)),
            ("Pods", "pods", metric.Pods is not null, at => Pods(metric.Pods!, at)),
            ("Resource", "resource", metric.Resource is not null, at => Resource(metric.Resource!.Name, metric.Resource.Target, at)),
            ("ContainerResource", "containerResource", metric.ContainerResource is not null, at => Container(metric.ContainerResource!, at)),
        ];
        var present = all.Where(s => s.Present).ToList();
        foreach (var error in present.Take(1).SelectMany(s => s.Check($"{path}.{s.Field}")))
            yield return error;
        foreach (var missing in all.Where(s => s.Type == metric.Type && !s.Present))
            yield return FieldError.Required($"{path}.{missing.Field}", "must populate information for the given metric source");
        if (present.Count == 1)
            yield break;
        foreach (var extra in present.Where(s => s.Type != metric.Type))
            yield return FieldError.Forbidden($"{path}.{extra.Field}", "must populate the given metric source only");
    }

    private static IEnumerable<FieldError> Object(ObjectMetricSource source, string path)
    {
        foreach (var error in Reference(source.DescribedObject, $"{path}.describedObject").Concat(Identifier(source.Metric, path)).Concat(Target(source.Target, path)))
            yield return error;
        if (source.Target is { Value: null, AverageValue: null })
            yield return FieldError.Required($"{path}.target.averageValue", "must set either a target value or averageValue");
    }

    private static IEnumerable<FieldError> External(ExternalMetricSource source, string path)
    {
        foreach (var error in Identifier(source.Metric, path).Concat(Target(source.Target, path)))
            yield return error;
        if (source.Target is { Value: null, AverageValue: null })
            yield return FieldError.Required($"{path}.target.averageValue", "must set either a target value for metric or a per-pod target");
        if (source.Target is { Value: not null, AverageValue: not null })
            yield return FieldError.Forbidden($"{path}.target.value", "may not set both a target value for metric and a per-pod target");
    }

    private static IEnumerable<FieldError> Pods(PodsMetricSource source, string path)
    {
        foreach (var error in Identifier(source.Metric, path).Concat(Target(source.Target, path)))
            yield return error;
        if (source.Target?.AverageValue is null)
            yield return FieldError.Required($"{path}.target.averageValue", "must specify a positive target averageValue");
    }

    private static IEnumerable<FieldError> Container(ContainerResourceMetricSource source, string path)
    {
        if (string.IsNullOrEmpty(source.Container))
            yield return FieldError.Required($"{path}.container", "must specify a container");
        else
        {
            foreach (var error in NameFormats.DnsLabel(source.Container))
                yield return FieldError.Invalid($"{path}.container", source.Container, error);
        }

        foreach (var error in Resource(source.Name, source.Target, path))
            yield return error;
    }

    private static IEnumerable<FieldError> Resource(string? name, MetricTarget? target, string path)
    {
        if (string.IsNullOrEmpty(name))
            yield return FieldError.Required($"{path}.name", "must specify a resource name");
        foreach (var error in Target(target, path))
            yield return error;
        if (target is not { AverageUtilization: not null } and not { AverageValue: not null })
            yield return FieldError.Required($"{path}.target.averageUtilization", "must set either a target raw value or a target utilization");
        if (target is { AverageUtilization: not null, AverageValue: not null })
            yield return FieldError.Forbidden($"{path}.target.averageValue", "may not set both a target raw value and a target utilization");
    }

    private static IEnumerable<FieldError> Identifier(MetricIdentifier? metric, string path) =>
        Segment(metric?.Name, $"{path}.metric.name", "must specify a metric name");

    private static IEnumerable<FieldError> Target(MetricTarget? target, string path)
    {
        var at = $"{path}.target";
        if (string.IsNullOrEmpty(target?.Type))
            yield return FieldError.Required($"{at}.type", "must specify a metric target type");
        if (target?.Type is not ("Utilization" or "Value" or "AverageValue"))
            yield return FieldError.Invalid($"{at}.type", target?.Type ?? "", "must be either Utilization, Value, or AverageValue");
        if (target?.Value is { Sign: not 1 } value)
            yield return FieldError.Invalid($"{at}.value", value, "must be positive");
        if (target?.AverageValue is { Sign: not 1 } average)
            yield return FieldError.Invalid($"{at}.averageValue", average, "must be positive");
        if (target?.AverageUtilization < 1)
            yield return FieldError.Invalid($"{at}.averageUtilization", target.AverageUtilization, "must be greater than 0");
    }
}
