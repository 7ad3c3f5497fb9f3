using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "resourcequotas", "ResourceQuota", ShortNames = ["quota"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ResourceQuota : KubernetesObject
{
    [Proto(2)]
    public ResourceQuotaSpec? Spec { get; set; }

    [Proto(3)]
    public ResourceQuotaStatus? Status { get; set; }
}

public sealed partial record ResourceQuotaSpec
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Hard { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Scopes { get; set; }

    [Proto(3)]
    public ScopeSelector? ScopeSelector { get; set; }
}

public sealed partial record ResourceQuotaStatus
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Hard { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Used { get; set; }
}

[MapType("atomic")]
public sealed partial record ScopeSelector
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ScopedResourceSelectorRequirement>? MatchExpressions { get; set; }
}

public sealed partial record ScopedResourceSelectorRequirement
{
    [Proto(1), Required]
    public string? ScopeName { get; set; }

    [Proto(2), Required]
    public string? Operator { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
