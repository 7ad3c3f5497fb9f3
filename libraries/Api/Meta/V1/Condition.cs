namespace Platform.Api.Meta.V1;

/// <summary>One aspect of an object's state.</summary>
public sealed partial record Condition
{
    /// <summary>Name of the aspect.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>Generation of the object that the condition was found for.</summary>
    [Proto(3)]
    public long? ObservedGeneration { get; set; }

    /// <summary>When the status last changed.</summary>
    [Proto(4), Required]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why, in one word for machines.</summary>
    [Proto(5), Required]
    public string? Reason { get; set; }

    /// <summary>Why, in words for people.</summary>
    [Proto(6), Required]
    public string? Message { get; set; }
}
