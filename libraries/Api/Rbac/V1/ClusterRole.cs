using Platform.Api.Meta.V1;

namespace Platform.Api.Rbac.V1;

[Resource("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Scope = ResourceScope.Cluster)]
public sealed partial record ClusterRole : KubernetesObject
{
    /// <summary>What the role allows.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PolicyRule>? Rules { get; set; }

    [Proto(3)]
    public AggregationRule? AggregationRule { get; set; }
}

public sealed partial record AggregationRule
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<LabelSelector>? ClusterRoleSelectors { get; set; }
}
