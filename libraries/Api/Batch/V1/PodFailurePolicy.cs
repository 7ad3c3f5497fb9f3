namespace Platform.Api.Batch.V1;

public sealed partial record PodFailurePolicy
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<PodFailurePolicyRule>? Rules { get; set; }
}

public sealed partial record PodFailurePolicyOnExitCodesRequirement
{
    [Proto(1)]
    public string? ContainerName { get; set; }

    [Proto(2), Required]
    public string? Operator { get; set; }

    [Proto(3), Required, ListType("set")]
    public IReadOnlyList<int>? Values { get; set; }
}

public sealed partial record PodFailurePolicyOnPodConditionsPattern
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }
}

public sealed partial record PodFailurePolicyRule
{
    [Proto(1), Required]
    public string? Action { get; set; }

    [Proto(2)]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<PodFailurePolicyOnPodConditionsPattern>? OnPodConditions { get; set; }
}
