namespace Platform.Api.Meta.V1;

/// <summary>Condition.</summary>
public sealed partial record Condition
{
    /// <summary>type.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>status.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>observedGeneration.</summary>
    [Proto(3)]
    public long? ObservedGeneration { get; set; }

    /// <summary>lastTransitionTime.</summary>
    [Proto(4), Required]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>reason.</summary>
    [Proto(5), Required]
    public string? Reason { get; set; }

    /// <summary>message.</summary>
    [Proto(6), Required]
    public string? Message { get; set; }
}
