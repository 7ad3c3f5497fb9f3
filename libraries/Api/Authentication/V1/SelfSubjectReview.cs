namespace Platform.Api.Authentication.V1;

/// <summary>Tells the caller who the server takes it for.</summary>
[Resource("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SelfSubjectReview : KubernetesObject
{
    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(2)]
    public SelfSubjectReviewStatus? Status { get; set; }
}

/// <summary>Who the caller is.</summary>
public sealed partial record SelfSubjectReviewStatus
{
    /// <summary>The user with all attributes.</summary>
    [Proto(1)]
    public UserInfo? UserInfo { get; set; }
}
