using Platform.Api.Meta.V1;

namespace Platform.Api.Rbac.V1;

/// <summary>Rules of what may be done, in the whole cluster or in each namespace that a binding is in.</summary>
[Resource("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Scope = ResourceScope.Cluster)]
public sealed partial record ClusterRole : KubernetesObject
{
    /// <summary>What the role allows.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PolicyRule>? Rules { get; set; }

    /// <summary>Where present, the rules are put together from other roles.</summary>
    [Proto(3)]
    public AggregationRule? AggregationRule { get; set; }
}

/// <summary>Which roles are put together.</summary>
public sealed partial record AggregationRule
{
    /// <summary>Labels of the roles, any one of the selectors.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<LabelSelector>? ClusterRoleSelectors { get; set; }
}
