namespace Platform.Api.Autoscaling.V1;

public sealed partial record Scale : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public ScaleSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public ScaleStatus? Status { get; set; }
}

public sealed partial record ScaleSpec
{
    [Proto(1)]
    public int? Replicas { get; set; }
}

public sealed partial record ScaleStatus
{
    [Proto(1), Required]
    public int? Replicas { get; set; }

    [Proto(2)]
    public string? Selector { get; set; }
}
