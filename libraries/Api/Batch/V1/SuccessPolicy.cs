namespace Platform.Api.Batch.V1;

public sealed partial record SuccessPolicy
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<SuccessPolicyRule>? Rules { get; set; }
}

public sealed partial record SuccessPolicyRule
{
    [Proto(1)]
    public string? SucceededIndexes { get; set; }

    [Proto(2)]
    public int? SucceededCount { get; set; }
}
