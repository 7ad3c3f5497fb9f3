using Platform.Api.Meta.V1;

namespace Platform.Api.Autoscaling.V1;

/// <summary>Keeps the CPU use of a workload's pods at a target by changing their number. Use autoscaling/v2 for other measures.</summary>
[Resource("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ShortNames = ["hpa"], Categories = ["all"])]
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

/// <summary>An object in the same namespace, whatever its version.</summary>
[MapType("atomic")]
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

/// <summary>What is scaled between which bounds.</summary>
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

    /// <summary>Wanted mean CPU use, in percent of what the pods request.</summary>
    [Proto(4)]
    public int? TargetCPUUtilizationPercentage { get; set; }
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
    [Proto(3), Required]
    public int? CurrentReplicas { get; set; }

    /// <summary>Pods that it last wanted.</summary>
    [Proto(4), Required]
    public int? DesiredReplicas { get; set; }

    /// <summary>Mean CPU use that it last saw, in percent of what the pods request.</summary>
    [Proto(5)]
    public int? CurrentCPUUtilizationPercentage { get; set; }
}
