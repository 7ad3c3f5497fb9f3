using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

public sealed partial record MatchCondition
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? Expression { get; set; }
}

[MapType("atomic")]
public sealed partial record MatchResources
{
    [Proto(1)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Proto(2)]
    public LabelSelector? ObjectSelector { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NamedRuleWithOperations>? ResourceRules { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<NamedRuleWithOperations>? ExcludeResourceRules { get; set; }

    [Proto(7)]
    public string? MatchPolicy { get; set; }
}

[MapType("atomic")]
public sealed partial record NamedRuleWithOperations
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? ApiVersions { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? Operations { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    public string? Scope { get; set; }
}

public sealed partial record RuleWithOperations
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Operations { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? ApiVersions { get; set; }

    [ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    public string? Scope { get; set; }
}
