namespace Platform.Api.Authorization.V1;

/// <summary>Asks whether the caller may do something.</summary>
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

/// <summary>What the caller wants to do.</summary>
public sealed partial record SelfSubjectAccessReviewSpec
{
    /// <summary>The request, where it is for a resource.</summary>
    [Proto(1)]
    public ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>The request, where it is for another path.</summary>
    [Proto(2)]
    public NonResourceAttributes? NonResourceAttributes { get; set; }
}
