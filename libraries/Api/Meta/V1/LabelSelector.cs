namespace Platform.Api.Meta.V1;

/// <summary>A condition on labels; all its parts must hold, an empty one matches everything.</summary>
[MapType("atomic")]
public sealed partial record LabelSelector
{
    /// <summary>Labels that must be present with exactly these values.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, string>? MatchLabels { get; set; }

    /// <summary>Conditions beyond equality.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<LabelSelectorRequirement>? MatchExpressions { get; set; }
}

/// <summary>One condition on a label.</summary>
public sealed partial record LabelSelectorRequirement
{
    /// <summary>Key of the label.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>How key and values relate: In, NotIn, Exists or DoesNotExist.</summary>
    [Proto(2), Required]
    public string? Operator { get; set; }

    /// <summary>Values for In and NotIn; empty otherwise.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
