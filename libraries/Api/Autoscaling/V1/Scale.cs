namespace Platform.Api.Autoscaling.V1;

/// <summary>Scale.</summary>
public sealed partial record Scale : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2)]
    public ScaleSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public ScaleStatus? Status { get; set; }
}

/// <summary>ScaleSpec.</summary>
public sealed partial record ScaleSpec
{
    /// <summary>replicas.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }
}

/// <summary>ScaleStatus.</summary>
public sealed partial record ScaleStatus
{
    /// <summary>replicas.</summary>
    [Proto(1), Required]
    public int? Replicas { get; set; }

    /// <summary>selector.</summary>
    [Proto(2)]
    public string? Selector { get; set; }
}
