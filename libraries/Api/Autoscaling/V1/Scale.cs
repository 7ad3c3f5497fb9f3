namespace Platform.Api.Autoscaling.V1;

/// <summary>The number of a workload's pods, wanted and present, whatever the workload's kind.</summary>
public sealed partial record Scale : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public ScaleSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public ScaleStatus? Status { get; set; }
}

/// <summary>The wanted number.</summary>
public sealed partial record ScaleSpec
{
    /// <summary>How many pods are wanted.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }
}

/// <summary>The present number.</summary>
public sealed partial record ScaleStatus
{
    /// <summary>How many pods there are.</summary>
    [Proto(1), Required]
    public int? Replicas { get; set; }

    /// <summary>Selector of the pods, as text.</summary>
    [Proto(2)]
    public string? Selector { get; set; }
}
