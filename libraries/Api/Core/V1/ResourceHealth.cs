namespace Platform.Api.Core.V1;

public sealed partial record ResourceHealth
{
    [Proto(1), Required]
    public string? ResourceID { get; set; }

    [Proto(2)]
    public string? Health { get; set; }
}

public sealed partial record ResourceStatus
{
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Health of each device of the resource.</summary>
    [Proto(2), ListType("map", "resourceID")]
    public IReadOnlyList<ResourceHealth>? Resources { get; set; }
}

public sealed partial record VolumeMountStatus
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? MountPath { get; set; }

    /// <summary>Whether the volume is mounted without write access.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; set; }

    [Proto(4)]
    public string? RecursiveReadOnly { get; set; }
}
