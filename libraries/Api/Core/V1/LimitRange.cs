using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Bounds and defaults for the resources of single pods, containers and claims in a namespace.</summary>
[Resource("", "v1", "limitranges", "LimitRange", ShortNames = ["limits"])]
public sealed partial record LimitRange : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public LimitRangeSpec? Spec { get; set; }
}

/// <summary>Bounds for one type of thing.</summary>
public sealed partial record LimitRangeItem
{
    /// <summary>Pod, Container or PersistentVolumeClaim.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Greatest amounts.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Max { get; set; }

    /// <summary>Least amounts.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, Quantity>? Min { get; set; }

    /// <summary>Limits of containers that give none.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, Quantity>? Default { get; set; }

    /// <summary>Requests of containers that give none.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, Quantity>? DefaultRequest { get; set; }

    /// <summary>How many times the request the limit may be.</summary>
    [Proto(6)]
    public IReadOnlyDictionary<string, Quantity>? MaxLimitRequestRatio { get; set; }
}

/// <summary>The bounds.</summary>
public sealed partial record LimitRangeSpec
{
    /// <summary>Bounds per type.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<LimitRangeItem>? Limits { get; set; }
}
