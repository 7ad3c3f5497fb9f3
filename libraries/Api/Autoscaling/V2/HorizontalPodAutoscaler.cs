using Platform.Api.Meta.V1;

namespace Platform.Api.Autoscaling.V2;

[Resource("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ShortNames = ["hpa"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record HorizontalPodAutoscaler : KubernetesObject
{
    [Proto(2)]
    public HorizontalPodAutoscalerSpec? Spec { get; set; }

    [Proto(3)]
    public HorizontalPodAutoscalerStatus? Status { get; set; }
}

public sealed partial record ContainerResourceMetricSource
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public MetricTarget? Target { get; set; }

    [Proto(3), Required]
    public string? Container { get; set; }
}

public sealed partial record ContainerResourceMetricStatus
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }

    [Proto(3), Required]
    public string? Container { get; set; }
}

public sealed partial record CrossVersionObjectReference
{
    [Proto(1), Required]
    public string? Kind { get; set; }

    [Proto(3)]
    public string? ApiVersion { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }
}

public sealed partial record ExternalMetricSource
{
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

public sealed partial record ExternalMetricStatus
{
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}

public sealed partial record HPAScalingPolicy
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public int? Value { get; set; }

    [Proto(3), Required]
    public int? PeriodSeconds { get; set; }
}

public sealed partial record HPAScalingRules
{
    [Proto(1)]
    public string? SelectPolicy { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<HPAScalingPolicy>? Policies { get; set; }

    [Proto(3)]
    public int? StabilizationWindowSeconds { get; set; }
}

public sealed partial record HorizontalPodAutoscalerBehavior
{
    [Proto(1)]
    public HPAScalingRules? ScaleUp { get; set; }

    [Proto(2)]
    public HPAScalingRules? ScaleDown { get; set; }
}

public sealed partial record HorizontalPodAutoscalerCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record HorizontalPodAutoscalerSpec
{
    [Proto(1), Required]
    public CrossVersionObjectReference? ScaleTargetRef { get; set; }

    [Proto(2)]
    public int? MinReplicas { get; set; }

    [Proto(3), Required]
    public int? MaxReplicas { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<MetricSpec>? Metrics { get; set; }

    [Proto(5)]
    public HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}

public sealed partial record HorizontalPodAutoscalerStatus
{
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    [Proto(2)]
    public DateTimeOffset? LastScaleTime { get; set; }

    [Proto(3)]
    public int? CurrentReplicas { get; set; }

    [Proto(4), Required]
    public int? DesiredReplicas { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<MetricStatus>? CurrentMetrics { get; set; }

    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<HorizontalPodAutoscalerCondition>? Conditions { get; set; }
}

public sealed partial record MetricIdentifier
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2)]
    public LabelSelector? Selector { get; set; }
}

public sealed partial record MetricSpec
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public ObjectMetricSource? Object { get; set; }

    [Proto(3)]
    public PodsMetricSource? Pods { get; set; }

    [Proto(4)]
    public ResourceMetricSource? Resource { get; set; }

    [Proto(5)]
    public ExternalMetricSource? External { get; set; }

    [Proto(7)]
    public ContainerResourceMetricSource? ContainerResource { get; set; }
}

public sealed partial record MetricStatus
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public ObjectMetricStatus? Object { get; set; }

    [Proto(3)]
    public PodsMetricStatus? Pods { get; set; }

    [Proto(4)]
    public ResourceMetricStatus? Resource { get; set; }

    [Proto(5)]
    public ExternalMetricStatus? External { get; set; }

    [Proto(7)]
    public ContainerResourceMetricStatus? ContainerResource { get; set; }
}
