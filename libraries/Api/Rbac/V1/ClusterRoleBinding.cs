namespace Platform.Api.Rbac.V1;

/// <summary>ClusterRoleBinding.</summary>
[Resource("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", Scope = ResourceScope.Cluster)]
public sealed partial record ClusterRoleBinding : KubernetesObject
{
    /// <summary>subjects.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<Subject>? Subjects { get; set; }

    /// <summary>roleRef.</summary>
    [Proto(3), Required]
    public RoleRef? RoleRef { get; set; }
}
