using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>A CEL expression that a request must satisfy before a webhook or policy is asked.</summary>
public sealed partial record MatchCondition
{
    /// <summary>Identifies the condition among its siblings; a qualified name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>CEL that gives a boolean. May use object, oldObject, request and authorizer.</summary>
    [Proto(2), Required]
    public string? Expression { get; set; }
}

/// <summary>Which requests a policy or its binding concerns.</summary>
[MapType("atomic")]
public sealed partial record MatchResources
{
    /// <summary>
    /// Only objects in namespaces with these labels; namespaces themselves match by their own labels. Everything where empty.
    /// </summary>
    [Proto(1)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Only objects with these labels, before or after the change. Everything where empty.</summary>
    [Proto(2)]
    public LabelSelector? ObjectSelector { get; set; }

    /// <summary>Operations on resources that match; any one suffices.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NamedRuleWithOperations>? ResourceRules { get; set; }

    /// <summary>Operations on resources that do not match, whatever the other rules say.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<NamedRuleWithOperations>? ExcludeResourceRules { get; set; }

    /// <summary>Exact: only the versions that the rules name. Equivalent (default): other versions of the same objects too.</summary>
    [Proto(7), Enum("Equivalent", "Exact")]
    public string? MatchPolicy { get; set; }
}

/// <summary>Operations on resources, optionally on named objects only.</summary>
[MapType("atomic")]
public sealed partial record NamedRuleWithOperations
{
    /// <summary>Names of the objects; all where empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }

    /// <summary>API groups; '' is the core group, * is all.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>API versions; * is all.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? ApiVersions { get; set; }

    /// <summary>CREATE, UPDATE, DELETE, CONNECT, or * for all.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Operations { get; set; }

    /// <summary>Resources as resource or resource/subresource; * is all resources, */* all with their subresources.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>Cluster, Namespaced, or * for both (default).</summary>
    [Enum("*", "Cluster", "Namespaced")]
    public string? Scope { get; set; }
}

/// <summary>Operations on resources.</summary>
public sealed partial record RuleWithOperations
{
    /// <summary>CREATE, UPDATE, DELETE, CONNECT, or * for all.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Operations { get; set; }

    /// <summary>API groups; '' is the core group, * is all.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>API versions; * is all.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? ApiVersions { get; set; }

    /// <summary>Resources as resource or resource/subresource; * is all resources, */* all with their subresources.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>Cluster, Namespaced, or * for both (default).</summary>
    [Enum("*", "Cluster", "Namespaced")]
    public string? Scope { get; set; }
}
