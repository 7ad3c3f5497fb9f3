namespace Platform.Api.Rbac.V1;

/// <summary>Rules of what may be done in a namespace.</summary>
[Resource("rbac.authorization.k8s.io", "v1", "roles", "Role")]
public sealed partial record Role : KubernetesObject
{
    /// <summary>What the role allows.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PolicyRule>? Rules { get; set; }
}
