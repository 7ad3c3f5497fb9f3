using Platform.Api.Meta.V1;

namespace Platform.Api.Authorization.V1;

/// <summary>Narrows down a list or watch by fields; either as text or taken apart.</summary>
public sealed partial record FieldSelectorAttributes
{
    /// <summary>Field selector as in a query.</summary>
    [Proto(1)]
    public string? RawSelector { get; set; }

    /// <summary>The selector's terms, all of which must hold.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<FieldSelectorRequirement>? Requirements { get; set; }
}

/// <summary>Narrows down a list or watch by labels; either as text or taken apart.</summary>
public sealed partial record LabelSelectorAttributes
{
    /// <summary>Label selector as in a query.</summary>
    [Proto(1)]
    public string? RawSelector { get; set; }

    /// <summary>The selector's terms, all of which must hold.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<LabelSelectorRequirement>? Requirements { get; set; }
}

/// <summary>A request for a path that is not a resource.</summary>
public sealed partial record NonResourceAttributes
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1)]
    public string? Path { get; set; }

    /// <summary>HTTP method in lower case, such as get.</summary>
    [Proto(2)]
    public string? Verb { get; set; }
}

/// <summary>A request for a resource.</summary>
public sealed partial record ResourceAttributes
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection, proxy, or * for all.</summary>
    [Proto(2)]
    public string? Verb { get; set; }

    /// <summary>API group; * for all.</summary>
    [Proto(3)]
    public string? Group { get; set; }

    /// <summary>API version; * for all.</summary>
    [Proto(4)]
    public string? Version { get; set; }

    /// <summary>Resource, such as pods; * for all.</summary>
    [Proto(5)]
    public string? Resource { get; set; }

    /// <summary>Subresource; empty for the object itself.</summary>
    [Proto(6)]
    public string? Subresource { get; set; }

    /// <summary>Name of the object; empty for all.</summary>
    [Proto(7)]
    public string? Name { get; set; }

    /// <summary>Narrows down a list, watch or deletecollection by fields.</summary>
    [Proto(8)]
    public FieldSelectorAttributes? FieldSelector { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(9)]
    public LabelSelectorAttributes? LabelSelector { get; set; }
}

/// <summary>Who wants to do what.</summary>
public sealed partial record SubjectAccessReviewSpec
{
    /// <summary>The request, where it is for a resource.</summary>
    [Proto(1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>The request, where it is for another path.</summary>
    [Proto(2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(3)]
    public string? User { get; set; }

    /// <summary>Groups of the user.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>Further attributes of the user.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(6)]
    public string? Uid { get; set; }
}

/// <summary>The verdict.</summary>
public sealed partial record SubjectAccessReviewStatus
{
    /// <summary>Whether it is allowed.</summary>
    [Proto(1), Required]
    public bool? Allowed { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(2)]
    public string? Reason { get; set; }

    /// <summary>What went wrong on the way; the verdict may stand nevertheless.</summary>
    [Proto(3)]
    public string? EvaluationError { get; set; }

    /// <summary>Whether it is expressly denied, so that nothing else may allow it.</summary>
    [Proto(4)]
    public bool? Denied { get; set; }
}
