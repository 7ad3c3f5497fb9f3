using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Bounds for all that a namespace uses together.</summary>
[Resource("", "v1", "resourcequotas", "ResourceQuota", ShortNames = ["quota"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ResourceQuota : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public ResourceQuotaSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public ResourceQuotaStatus? Status { get; set; }
}

/// <summary>The bounds.</summary>
public sealed partial record ResourceQuotaSpec
{
    /// <summary>Greatest amounts per resource, such as pods, requests.cpu or count/configmaps.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Hard { get; set; }

    /// <summary>
    /// Which objects count: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass, CrossNamespacePodAffinity.
    /// </summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>The same with operators and values.</summary>
    [Proto(3)]
    public ScopeSelector? ScopeSelector { get; set; }
}

/// <summary>Bounds and use.</summary>
public sealed partial record ResourceQuotaStatus
{
    /// <summary>The bounds in force.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Hard { get; set; }

    /// <summary>What is used.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Used { get; set; }
}

/// <summary>Selects objects by scope.</summary>
[MapType("atomic")]
public sealed partial record ScopeSelector
{
    /// <summary>Requirements, all of which must hold.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ScopedResourceSelectorRequirement>? MatchExpressions { get; set; }
}

/// <summary>A requirement on a scope.</summary>
public sealed partial record ScopedResourceSelectorRequirement
{
    /// <summary>The scope, such as PriorityClass.</summary>
    [Proto(1), Required, Enum("BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating")]
    public string? ScopeName { get; set; }

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Proto(2), Required, Enum("DoesNotExist", "Exists", "In", "NotIn")]
    public string? Operator { get; set; }

    /// <summary>Values, for In and NotIn.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}
