namespace Platform.Api.Core.V1;

/// <summary>Health of a device.</summary>
public sealed partial record ResourceHealth
{
    /// <summary>Identifier of the device.</summary>
    [Proto(1), Required]
    public string? ResourceID { get; set; }

    /// <summary>Healthy, Unhealthy or Unknown.</summary>
    [Proto(2)]
    public string? Health { get; set; }
}

/// <summary>Health of a container's devices.</summary>
public sealed partial record ResourceStatus
{
    /// <summary>Resource or claim.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Health of each device of the resource.</summary>
    [Proto(2), ListType("map", "resourceID")]
    public IReadOnlyList<ResourceHealth>? Resources { get; set; }
}

/// <summary>State of a mount.</summary>
public sealed partial record VolumeMountStatus
{
    /// <summary>Name of the volume.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Path in the container.</summary>
    [Proto(2), Required]
    public string? MountPath { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>Disabled, IfPossible or Enabled, as it came out.</summary>
    [Proto(4)]
    public string? RecursiveReadOnly { get; set; }
}
