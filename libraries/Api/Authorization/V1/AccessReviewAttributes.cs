using Platform.Api.Meta.V1;

namespace Platform.Api.Authorization.V1;

/// <summary>FieldSelectorAttributes.</summary>
public sealed partial record FieldSelectorAttributes
{
    /// <summary>rawSelector.</summary>
    [Proto(1)]
    public string? RawSelector { get; set; }

    /// <summary>requirements.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<FieldSelectorRequirement>? Requirements { get; set; }
}

/// <summary>LabelSelectorAttributes.</summary>
public sealed partial record LabelSelectorAttributes
{
    /// <summary>rawSelector.</summary>
    [Proto(1)]
    public string? RawSelector { get; set; }

    /// <summary>requirements.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<LabelSelectorRequirement>? Requirements { get; set; }
}

/// <summary>NonResourceAttributes.</summary>
public sealed partial record NonResourceAttributes
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1)]
    public string? Path { get; set; }

    /// <summary>verb.</summary>
    [Proto(2)]
    public string? Verb { get; set; }
}

/// <summary>ResourceAttributes.</summary>
public sealed partial record ResourceAttributes
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }

    /// <summary>verb.</summary>
    [Proto(2)]
    public string? Verb { get; set; }

    /// <summary>group.</summary>
    [Proto(3)]
    public string? Group { get; set; }

    /// <summary>version.</summary>
    [Proto(4)]
    public string? Version { get; set; }

    /// <summary>resource.</summary>
    [Proto(5)]
    public string? Resource { get; set; }

    /// <summary>subresource.</summary>
    [Proto(6)]
    public string? Subresource { get; set; }

    /// <summary>name.</summary>
    [Proto(7)]
    public string? Name { get; set; }

    /// <summary>fieldSelector.</summary>
    [Proto(8)]
    public FieldSelectorAttributes? FieldSelector { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(9)]
    public LabelSelectorAttributes? LabelSelector { get; set; }
}

/// <summary>SubjectAccessReviewSpec.</summary>
public sealed partial record SubjectAccessReviewSpec
{
    /// <summary>resourceAttributes.</summary>
    [Proto(1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>nonResourceAttributes.</summary>
    [Proto(2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>groups.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>extra.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(6)]
    public string? Uid { get; set; }
}

/// <summary>SubjectAccessReviewStatus.</summary>
public sealed partial record SubjectAccessReviewStatus
{
    /// <summary>allowed.</summary>
    [Proto(1), Required]
    public bool? Allowed { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(2)]
    public string? Reason { get; set; }

    /// <summary>evaluationError.</summary>
    [Proto(3)]
    public string? EvaluationError { get; set; }

    /// <summary>denied.</summary>
    [Proto(4)]
    public bool? Denied { get; set; }
}
