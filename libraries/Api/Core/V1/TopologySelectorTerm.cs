namespace Platform.Api.Core.V1;

[MapType("atomic")]
public sealed partial record TopologySelectorTerm
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<TopologySelectorLabelRequirement>? MatchLabelExpressions { get; set; }
}

public sealed partial record TopologySelectorLabelRequirement
{
    [Proto(1), Required]
    public string? Key { get; set; }

    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
