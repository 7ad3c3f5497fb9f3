namespace Platform.Api.Authorization.V1;

[Resource("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SelfSubjectAccessReview : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public SelfSubjectAccessReviewSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public SubjectAccessReviewStatus? Status { get; set; }
}

public sealed partial record SelfSubjectAccessReviewSpec
{
    [Proto(1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    [Proto(2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }
}
