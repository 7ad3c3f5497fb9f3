namespace Platform.Api.Meta.V1;

/// <summary>How something is deleted.</summary>
public sealed partial record DeleteOptions
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>How long the object may take to end, in seconds; 0 ends it at once.</summary>
    [Proto(1)]
    public long? GracePeriodSeconds { get; set; }

    /// <summary>What must hold for the deletion to happen.</summary>
    [Proto(2)]
    public Preconditions? Preconditions { get; set; }

    /// <summary>Deprecated in favour of propagationPolicy.</summary>
    [Proto(3)]
    public bool? OrphanDependents { get; set; }

    /// <summary>What happens with dependents: Orphan, Background or Foreground.</summary>
    [Proto(4)]
    public string? PropagationPolicy { get; set; }

    /// <summary>All, where nothing is to be stored.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? DryRun { get; set; }

    /// <summary>Deletes an object that can no longer be read, without finalizers. Alpha: only with its feature gate.</summary>
    [Proto(6)]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}

/// <summary>What must hold for a deletion.</summary>
public sealed partial record Preconditions
{
    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(1)]
    public string? Uid { get; set; }

    /// <summary>Version of the object that is meant.</summary>
    [Proto(2)]
    public string? ResourceVersion { get; set; }
}
