namespace Platform.Api.Meta.V1;

/// <summary>A term of a field selector.</summary>
public sealed partial record FieldSelectorRequirement
{
    /// <summary>Field.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2), Required]
    public string? Operator { get; set; }

    /// <summary>Values the key is compared with.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
