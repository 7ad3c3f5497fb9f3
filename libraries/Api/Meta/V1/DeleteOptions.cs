namespace Platform.Api.Meta.V1;

/// <summary>DeleteOptions.</summary>
public sealed partial record DeleteOptions
{
    /// <summary>apiVersion.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>kind.</summary>
    public string? Kind { get; set; }

    /// <summary>gracePeriodSeconds.</summary>
    [Proto(1)]
    public long? GracePeriodSeconds { get; set; }

    /// <summary>preconditions.</summary>
    [Proto(2)]
    public Preconditions? Preconditions { get; set; }

    /// <summary>orphanDependents.</summary>
    [Proto(3)]
    public bool? OrphanDependents { get; set; }

    /// <summary>propagationPolicy.</summary>
    [Proto(4)]
    public string? PropagationPolicy { get; set; }

    /// <summary>dryRun.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? DryRun { get; set; }

    /// <summary>ignoreStoreReadErrorWithClusterBreakingPotential.</summary>
    [Proto(6)]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}

/// <summary>Preconditions.</summary>
public sealed partial record Preconditions
{
    /// <summary>uid.</summary>
    [Proto(1)]
    public string? Uid { get; set; }

    /// <summary>resourceVersion.</summary>
    [Proto(2)]
    public string? ResourceVersion { get; set; }
}
