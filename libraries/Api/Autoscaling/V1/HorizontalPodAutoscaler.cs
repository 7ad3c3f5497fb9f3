using Platform.Api.Meta.V1;

namespace Platform.Api.Autoscaling.V1;

[Resource("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ShortNames = ["hpa"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record HorizontalPodAutoscaler : KubernetesObject
{
    [Proto(2)]
    public HorizontalPodAutoscalerSpec? Spec { get; set; }

    [Proto(3)]
    public HorizontalPodAutoscalerStatus? Status { get; set; }
}

[MapType("atomic")]
public sealed partial record CrossVersionObjectReference
{
    [Proto(1), Required]
    public string? Kind { get; set; }

    [Proto(3)]
    public string? ApiVersion { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }
}

public sealed partial record HorizontalPodAutoscalerSpec
{
    [Proto(1), Required]
    public CrossVersionObjectReference? ScaleTargetRef { get; set; }

    [Proto(2)]
    public int? MinReplicas { get; set; }

    [Proto(3), Required]
    public int? MaxReplicas { get; set; }

    [Proto(4)]
    public int? TargetCPUUtilizationPercentage { get; set; }
}

public sealed partial record HorizontalPodAutoscalerStatus
{
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    [Proto(2)]
    public DateTimeOffset? LastScaleTime { get; set; }

    [Proto(3), Required]
    public int? CurrentReplicas { get; set; }

    [Proto(4), Required]
    public int? DesiredReplicas { get; set; }

    [Proto(5)]
    public int? CurrentCPUUtilizationPercentage { get; set; }
}
