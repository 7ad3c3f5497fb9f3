using Platform.ApiServer.Registry.Versions;
using V1 = Platform.Api.Autoscaling.V1;
using V2 = Platform.Api.Autoscaling.V2;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>
/// Horizontal autoscalers are stored as v2. The v1 shape knows one metric, the pods' processor use; what else there is travels in annotations
/// (<see cref="AutoscalerAnnotations"/>), so that an object that is read and written back as v1 loses nothing.
/// </summary>
internal static class AutoscalerConversion
{
    public const int DefaultUtilization = 80;

    public static readonly IObjectConversion Instance = new TypedConversion<V2.HorizontalPodAutoscaler, V1.HorizontalPodAutoscaler>(ToV2, ToV1);

    private const string Cpu = "cpu";
    private const string Resource = "Resource";

    public static V2.HorizontalPodAutoscaler ToV2(V1.HorizontalPodAutoscaler value)
    {
        var kept = AutoscalerAnnotations.Read(value.Metadata.Annotations);
        List<V2.MetricSpec> metrics = [.. kept.Metrics ?? []];
        if (value.Spec?.TargetCPUUtilizationPercentage is { } percent)
            metrics.Add(Utilization(percent));
        // v1 always had this target where none was given; with what the annotations hold it can be said here.
        if (metrics.Count == 0)
            metrics.Add(Utilization(DefaultUtilization));
        var status = value.Status;
        return new()
        {
            Metadata = value.Metadata with { Annotations = AutoscalerAnnotations.Without(value.Metadata.Annotations) },
            Spec = new()
            {
                ScaleTargetRef = value.Spec?.ScaleTargetRef is { } target ? new() { Kind = target.Kind, Name = target.Name, ApiVersion = target.ApiVersion } : null,
                MinReplicas = value.Spec?.MinReplicas,
                MaxReplicas = value.Spec?.MaxReplicas,
                Metrics = metrics,
                Behavior = kept.Behavior,
            },
            Status = new()
            {
                ObservedGeneration = status?.ObservedGeneration,
                LastScaleTime = status?.LastScaleTime,
                CurrentReplicas = status?.CurrentReplicas,
                DesiredReplicas = status?.DesiredReplicas,
                CurrentMetrics = kept.CurrentMetrics ?? (status?.CurrentCPUUtilizationPercentage is { } present
                    ? [new() { Type = Resource, Resource = new() { Name = Cpu, Current = new() { AverageUtilization = present } } }]
                    : null),
                Conditions = kept.Conditions,
            },
        };
    }

    public static V1.HorizontalPodAutoscaler ToV1(V2.HorizontalPodAutoscaler value)
    {
        var metrics = value.Spec?.Metrics ?? [];
        var cpu = metrics.FirstOrDefault(m => m is { Type: Resource, Resource.Name: Cpu });
        var status = value.Status;
        return new()
        {
            Metadata = value.Metadata with
            {
                Annotations = AutoscalerAnnotations.With(AutoscalerAnnotations.Without(value.Metadata.Annotations), new()
                {
                    Metrics = [.. metrics.Where(m => m is not { Type: Resource, Resource: { Name: Cpu, Target.AverageUtilization: not null } })],
                    Behavior = value.Spec?.Behavior,
                    // Also where it is the processor's: the raw value would be lost otherwise.
                    CurrentMetrics = status?.CurrentMetrics,
                    Conditions = status?.Conditions,
                }),
            },
            Spec = new()
            {
                ScaleTargetRef = value.Spec?.ScaleTargetRef is { } target ? new() { Kind = target.Kind, Name = target.Name, ApiVersion = target.ApiVersion } : null,
                MinReplicas = value.Spec?.MinReplicas,
                MaxReplicas = value.Spec?.MaxReplicas,
                TargetCPUUtilizationPercentage = cpu?.Resource?.Target?.AverageUtilization,
            },
            Status = new()
            {
                ObservedGeneration = status?.ObservedGeneration,
                LastScaleTime = status?.LastScaleTime,
                CurrentReplicas = status?.CurrentReplicas ?? 0,
                DesiredReplicas = status?.DesiredReplicas ?? 0,
                CurrentCPUUtilizationPercentage =
                    status?.CurrentMetrics?.LastOrDefault(m =>
                        m is { Type: Resource, Resource: { Name: Cpu, Current.AverageUtilization: not null } })?.Resource?.Current?.AverageUtilization,
            },
        };
    }

    private static V2.MetricSpec Utilization(int percent) =>
        new() { Type = Resource, Resource = new() { Name = Cpu, Target = new() { Type = "Utilization", AverageUtilization = percent } } };
}
