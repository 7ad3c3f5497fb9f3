namespace Platform.Api.Rbac.V1;

/// <summary>Gives a role to subjects, in the whole cluster.</summary>
[Resource("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", Scope = ResourceScope.Cluster)]
public sealed partial record ClusterRoleBinding : KubernetesObject
{
    /// <summary>Users, groups and service accounts the role is granted to.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<Subject>? Subjects { get; set; }

    /// <summary>Role that is granted.</summary>
    [Proto(3), Required]
    public RoleRef? RoleRef { get; set; }
}
