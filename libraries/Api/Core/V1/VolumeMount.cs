namespace Platform.Api.Core.V1;

/// <summary>VolumeMount.</summary>
public sealed partial record VolumeMount
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>readOnly.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>mountPath.</summary>
    [Proto(3), Required]
    public string? MountPath { get; set; }

    /// <summary>subPath.</summary>
    [Proto(4)]
    public string? SubPath { get; set; }

    /// <summary>mountPropagation.</summary>
    [Proto(5)]
    public string? MountPropagation { get; set; }

    /// <summary>subPathExpr.</summary>
    [Proto(6)]
    public string? SubPathExpr { get; set; }

    /// <summary>recursiveReadOnly.</summary>
    [Proto(7)]
    public string? RecursiveReadOnly { get; set; }
}
