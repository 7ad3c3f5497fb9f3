namespace Platform.Api.Rbac.V1;

[Resource("rbac.authorization.k8s.io", "v1", "roles", "Role")]
public sealed partial record Role : KubernetesObject
{
    /// <summary>What the role allows.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PolicyRule>? Rules { get; set; }
}
