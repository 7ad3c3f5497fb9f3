namespace Platform.Api.Core.V1;

/// <summary>A volume mounted into a container.</summary>
public sealed partial record VolumeMount
{
    /// <summary>Name of the volume.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Whether it is mounted read-only.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; set; }

    /// <summary>Path in the container.</summary>
    [Proto(3), Required]
    public string? MountPath { get; set; }

    /// <summary>Path within the volume that is mounted instead of its root.</summary>
    [Proto(4)]
    public string? SubPath { get; set; }

    /// <summary>How mounts travel between node and container.</summary>
    [Proto(5)]
    public string? MountPropagation { get; set; }

    /// <summary>Like subPath, with variables in it.</summary>
    [Proto(6)]
    public string? SubPathExpr { get; set; }

    /// <summary>Whether mounts below are read-only too: Disabled (default), IfPossible or Enabled.</summary>
    [Proto(7)]
    public string? RecursiveReadOnly { get; set; }
}
