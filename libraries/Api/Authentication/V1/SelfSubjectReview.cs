namespace Platform.Api.Authentication.V1;

[Resource("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SelfSubjectReview : KubernetesObject
{
    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(2)]
    public SelfSubjectReviewStatus? Status { get; set; }
}

public sealed partial record SelfSubjectReviewStatus
{
    [Proto(1)]
    public UserInfo? UserInfo { get; set; }
}
