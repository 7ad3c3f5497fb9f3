namespace Platform.Api.Core.V1;

/// <summary>Selects places by labels.</summary>
[MapType("atomic")]
public sealed partial record TopologySelectorTerm
{
    /// <summary>Requirements, all of which must hold.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<TopologySelectorLabelRequirement>? MatchLabelExpressions { get; set; }
}

/// <summary>A requirement on a label.</summary>
public sealed partial record TopologySelectorLabelRequirement
{
    /// <summary>Key of the label.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>Values, one of which it must have.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
