using Platform.Api.Meta.V1;

namespace Platform.Api.Authorization.V1;

public sealed partial record FieldSelectorAttributes
{
    [Proto(1)]
    public string? RawSelector { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<FieldSelectorRequirement>? Requirements { get; set; }
}

public sealed partial record LabelSelectorAttributes
{
    [Proto(1)]
    public string? RawSelector { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<LabelSelectorRequirement>? Requirements { get; set; }
}

public sealed partial record NonResourceAttributes
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1)]
    public string? Path { get; set; }

    [Proto(2)]
    public string? Verb { get; set; }
}

public sealed partial record ResourceAttributes
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }

    [Proto(2)]
    public string? Verb { get; set; }

    [Proto(3)]
    public string? Group { get; set; }

    [Proto(4)]
    public string? Version { get; set; }

    [Proto(5)]
    public string? Resource { get; set; }

    [Proto(6)]
    public string? Subresource { get; set; }

    [Proto(7)]
    public string? Name { get; set; }

    [Proto(8)]
    public FieldSelectorAttributes? FieldSelector { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(9)]
    public LabelSelectorAttributes? LabelSelector { get; set; }
}

public sealed partial record SubjectAccessReviewSpec
{
    [Proto(1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    [Proto(2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(6)]
    public string? Uid { get; set; }
}

public sealed partial record SubjectAccessReviewStatus
{
    [Proto(1), Required]
    public bool? Allowed { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(2)]
    public string? Reason { get; set; }

    [Proto(3)]
    public string? EvaluationError { get; set; }

    [Proto(4)]
    public bool? Denied { get; set; }
}
