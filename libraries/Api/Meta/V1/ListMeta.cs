namespace Platform.Api.Meta.V1;

/// <summary>Metadata of a list.</summary>
public sealed partial record ListMeta
{
    /// <summary>Former path of the list; no longer filled in.</summary>
    [Proto(1)]
    public string? SelfLink { get; set; }

    /// <summary>Version of the collection that the list shows.</summary>
    [Proto(2)]
    public string? ResourceVersion { get; set; }

    /// <summary>Token with which the next page is asked for; empty on the last one.</summary>
    [Proto(3)]
    public string? Continue { get; set; }

    /// <summary>How many items follow this page, where the server knows.</summary>
    [Proto(4)]
    public long? RemainingItemCount { get; set; }
}
