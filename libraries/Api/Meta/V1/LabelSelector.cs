namespace Platform.Api.Meta.V1;

/// <summary>LabelSelector.</summary>
[MapType("atomic")]
public sealed partial record LabelSelector
{
    /// <summary>matchLabels.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, string>? MatchLabels { get; set; }

    /// <summary>matchExpressions.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<LabelSelectorRequirement>? MatchExpressions { get; set; }
}

/// <summary>LabelSelectorRequirement.</summary>
public sealed partial record LabelSelectorRequirement
{
    /// <summary>key.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>operator.</summary>
    [Proto(2), Required]
    public string? Operator { get; set; }

    /// <summary>values.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
