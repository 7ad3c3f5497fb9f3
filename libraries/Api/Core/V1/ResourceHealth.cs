namespace Platform.Api.Core.V1;

/// <summary>ResourceHealth.</summary>
public sealed partial record ResourceHealth
{
    /// <summary>resourceID.</summary>
    [Proto(1), Required]
    public string? ResourceID { get; set; }

    /// <summary>health.</summary>
    [Proto(2)]
    public string? Health { get; set; }
}

/// <summary>ResourceStatus.</summary>
public sealed partial record ResourceStatus
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Health of each device of the resource.</summary>
    [Proto(2), ListType("map", "resourceID")]
    public IReadOnlyList<ResourceHealth>? Resources { get; set; }
}

/// <summary>VolumeMountStatus.</summary>
public sealed partial record VolumeMountStatus
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>mountPath.</summary>
    [Proto(2), Required]
    public string? MountPath { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    /// <summary>recursiveReadOnly.</summary>
    [Proto(4)]
    public string? RecursiveReadOnly { get; set; }
}
