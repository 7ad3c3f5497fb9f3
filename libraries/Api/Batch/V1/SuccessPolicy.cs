namespace Platform.Api.Batch.V1;

/// <summary>When an indexed job is done.</summary>
public sealed partial record SuccessPolicy
{
    /// <summary>The rules, of which one must hold. At most 20.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<SuccessPolicyRule>? Rules { get; set; }
}

/// <summary>Indexes that must have succeeded.</summary>
public sealed partial record SuccessPolicyRule
{
    /// <summary>Which indexes, such as 0,2-5.</summary>
    [Proto(1)]
    public string? SucceededIndexes { get; set; }

    /// <summary>How many of them, or of all where none are named.</summary>
    [Proto(2)]
    public int? SucceededCount { get; set; }
}
