namespace Platform.Api.Meta.V1;

/// <summary>ListMeta.</summary>
public sealed partial record ListMeta
{
    /// <summary>selfLink.</summary>
    [Proto(1)]
    public string? SelfLink { get; set; }

    /// <summary>resourceVersion.</summary>
    [Proto(2)]
    public string? ResourceVersion { get; set; }

    /// <summary>continue.</summary>
    [Proto(3)]
    public string? Continue { get; set; }

    /// <summary>remainingItemCount.</summary>
    [Proto(4)]
    public long? RemainingItemCount { get; set; }
}
