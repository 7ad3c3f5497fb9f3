namespace Platform.Api.Batch.V1;

/// <summary>Says of failed pods how they count.</summary>
public sealed partial record PodFailurePolicy
{
    /// <summary>The rules; the first that matches a failed pod holds. At most 20.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<PodFailurePolicyRule>? Rules { get; set; }
}

/// <summary>Matches by the exit codes of containers.</summary>
public sealed partial record PodFailurePolicyOnExitCodesRequirement
{
    /// <summary>Container whose code is looked at; any where empty.</summary>
    [Proto(1)]
    public string? ContainerName { get; set; }

    /// <summary>In or NotIn.</summary>
    [Proto(2), Required, Enum("In", "NotIn")]
    public string? Operator { get; set; }

    /// <summary>Exit codes; without 0 where the operator is In.</summary>
    [Proto(3), Required, ListType("set")]
    public IReadOnlyList<int>? Values { get; set; }
}

/// <summary>Matches by a condition of the pod.</summary>
public sealed partial record PodFailurePolicyOnPodConditionsPattern
{
    /// <summary>Type of the condition, such as DisruptionTarget.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Its status. Default True.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }
}

/// <summary>What follows from a failure that matches.</summary>
public sealed partial record PodFailurePolicyRule
{
    /// <summary>FailJob, FailIndex, Ignore (does not count) or Count (as if there were no rule).</summary>
    [Proto(1), Required, Enum("Count", "FailIndex", "FailJob", "Ignore")]
    public string? Action { get; set; }

    /// <summary>Matches by exit codes.</summary>
    [Proto(2)]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; set; }

    /// <summary>Matches by conditions, any one of them.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<PodFailurePolicyOnPodConditionsPattern>? OnPodConditions { get; set; }
}
