using Platform.Api.Meta.V1;

namespace Platform.Api.Rbac.V1;

/// <summary>ClusterRole.</summary>
[Resource("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Scope = ResourceScope.Cluster)]
public sealed partial record ClusterRole : KubernetesObject
{
    /// <summary>What the role allows.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PolicyRule>? Rules { get; set; }

    /// <summary>aggregationRule.</summary>
    [Proto(3)]
    public AggregationRule? AggregationRule { get; set; }
}

/// <summary>AggregationRule.</summary>
public sealed partial record AggregationRule
{
    /// <summary>clusterRoleSelectors.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<LabelSelector>? ClusterRoleSelectors { get; set; }
}
