namespace Platform.Api.Authorization.V1;

/// <summary>Asks whether a user may do something.</summary>
[Resource("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SubjectAccessReview : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public SubjectAccessReviewSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public SubjectAccessReviewStatus? Status { get; set; }
}
