using Platform.Api.Meta.V1;

namespace Platform.Api.Autoscaling.V2;

/// <summary>Keeps measures of a workload at their targets by changing the number of its pods.</summary>
[Resource("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ShortNames = ["hpa"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record HorizontalPodAutoscaler : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public HorizontalPodAutoscalerSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public HorizontalPodAutoscalerStatus? Status { get; set; }
}

/// <summary>A resource that one container of each pod uses.</summary>
public sealed partial record ContainerResourceMetricSource
{
    /// <summary>Resource, such as cpu.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Where it should be.</summary>
    [Proto(2), Required]
    public MetricTarget? Target { get; set; }

    /// <summary>Name of the container.</summary>
    [Proto(3), Required]
    public string? Container { get; set; }
}

/// <summary>Present use of a resource by one container of each pod.</summary>
public sealed partial record ContainerResourceMetricStatus
{
    /// <summary>Resource, such as cpu.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Where it is.</summary>
    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }

    /// <summary>Name of the container.</summary>
    [Proto(3), Required]
    public string? Container { get; set; }
}

/// <summary>An object in the same namespace, whatever its version.</summary>
public sealed partial record CrossVersionObjectReference
{
    /// <summary>Its kind.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>Its group and version.</summary>
    [Proto(3)]
    public string? ApiVersion { get; set; }

    /// <summary>Its name.</summary>
    [Proto(2), Required]
    public string? Name { get; set; }
}

/// <summary>A measure from outside the cluster, such as the length of a queue.</summary>
public sealed partial record ExternalMetricSource
{
    /// <summary>Which measure.</summary>
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    /// <summary>Where it should be.</summary>
    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

/// <summary>Present value of a measure from outside the cluster.</summary>
public sealed partial record ExternalMetricStatus
{
    /// <summary>Which measure.</summary>
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    /// <summary>Where it is.</summary>
    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}

/// <summary>How much may change in a time.</summary>
public sealed partial record HPAScalingPolicy
{
    /// <summary>Pods: a number of them. Percent: a part of the present number.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>How many, or how many percent.</summary>
    [Proto(2), Required]
    public int? Value { get; set; }

    /// <summary>The time, in seconds, 1 to 1800.</summary>
    [Proto(3), Required]
    public int? PeriodSeconds { get; set; }
}

/// <summary>How fast scaling in one direction may go.</summary>
public sealed partial record HPAScalingRules
{
    /// <summary>Which policy holds where several do: Max (default), Min, or Disabled for no scaling in this direction.</summary>
    [Proto(1)]
    public string? SelectPolicy { get; set; }

    /// <summary>The policies; at least one.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<HPAScalingPolicy>? Policies { get; set; }

    /// <summary>
    /// Seconds of past recommendations that are taken into account, so that the number does not swing. Default 0 up, 300 down.
    /// </summary>
    [Proto(3)]
    public int? StabilizationWindowSeconds { get; set; }
}

/// <summary>How fast scaling may go.</summary>
public sealed partial record HorizontalPodAutoscalerBehavior
{
    /// <summary>Rules for more pods.</summary>
    [Proto(1)]
    public HPAScalingRules? ScaleUp { get; set; }

    /// <summary>Rules for fewer pods.</summary>
    [Proto(2)]
    public HPAScalingRules? ScaleDown { get; set; }
}

/// <summary>A fact about the autoscaler: AbleToScale, ScalingActive or ScalingLimited.</summary>
public sealed partial record HorizontalPodAutoscalerCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }
}

/// <summary>What is scaled by which measures between which bounds.</summary>
public sealed partial record HorizontalPodAutoscalerSpec
{
    /// <summary>The workload; it must have a scale subresource.</summary>
    [Proto(1), Required]
    public CrossVersionObjectReference? ScaleTargetRef { get; set; }

    /// <summary>Least number of pods. Default 1.</summary>
    [Proto(2)]
    public int? MinReplicas { get; set; }

    /// <summary>Greatest number of pods.</summary>
    [Proto(3), Required]
    public int? MaxReplicas { get; set; }

    /// <summary>The measures; each gives a number of pods and the greatest holds. Default: 80 % of the requested CPU.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<MetricSpec>? Metrics { get; set; }

    /// <summary>How fast scaling may go.</summary>
    [Proto(5)]
    public HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}

/// <summary>What the autoscaler last saw and did.</summary>
public sealed partial record HorizontalPodAutoscalerStatus
{
    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>When it last changed the number.</summary>
    [Proto(2)]
    public DateTimeOffset? LastScaleTime { get; set; }

    /// <summary>Pods that it last saw.</summary>
    [Proto(3)]
    public int? CurrentReplicas { get; set; }

    /// <summary>Pods that it last wanted.</summary>
    [Proto(4), Required]
    public int? DesiredReplicas { get; set; }

    /// <summary>The measures as it last saw them.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<MetricStatus>? CurrentMetrics { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<HorizontalPodAutoscalerCondition>? Conditions { get; set; }
}

/// <summary>Names a measure.</summary>
public sealed partial record MetricIdentifier
{
    /// <summary>Name of the measure.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Labels of the series that are asked for; all where empty.</summary>
    [Proto(2)]
    public LabelSelector? Selector { get; set; }
}

/// <summary>A measure with its target. The field that belongs to the type is set.</summary>
public sealed partial record MetricSpec
{
    /// <summary>Object, Pods, Resource, External or ContainerResource.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>A measure of one object.</summary>
    [Proto(2)]
    public ObjectMetricSource? Object { get; set; }

    /// <summary>A measure of each pod, of which the mean counts.</summary>
    [Proto(3)]
    public PodsMetricSource? Pods { get; set; }

    /// <summary>A resource that each pod uses.</summary>
    [Proto(4)]
    public ResourceMetricSource? Resource { get; set; }

    /// <summary>A measure from outside the cluster.</summary>
    [Proto(5)]
    public ExternalMetricSource? External { get; set; }

    /// <summary>A resource that one container of each pod uses.</summary>
    [Proto(7)]
    public ContainerResourceMetricSource? ContainerResource { get; set; }
}

/// <summary>A measure's present value. The field that belongs to the type is set.</summary>
public sealed partial record MetricStatus
{
    /// <summary>Object, Pods, Resource, External or ContainerResource.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>A measure of one object.</summary>
    [Proto(2)]
    public ObjectMetricStatus? Object { get; set; }

    /// <summary>A measure of each pod.</summary>
    [Proto(3)]
    public PodsMetricStatus? Pods { get; set; }

    /// <summary>A resource that each pod uses.</summary>
    [Proto(4)]
    public ResourceMetricStatus? Resource { get; set; }

    /// <summary>A measure from outside the cluster.</summary>
    [Proto(5)]
    public ExternalMetricStatus? External { get; set; }

    /// <summary>A resource that one container of each pod uses.</summary>
    [Proto(7)]
    public ContainerResourceMetricStatus? ContainerResource { get; set; }
}
