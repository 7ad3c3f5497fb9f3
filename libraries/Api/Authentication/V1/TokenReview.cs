namespace Platform.Api.Authentication.V1;

[Resource("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record TokenReview : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public TokenReviewSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public TokenReviewStatus? Status { get; set; }
}

public sealed partial record TokenReviewSpec
{
    [Proto(1)]
    public string? Token { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}

public sealed partial record TokenReviewStatus
{
    [Proto(1)]
    public bool? Authenticated { get; set; }

    /// <summary>User the token belongs to.</summary>
    [Proto(2)]
    public UserInfo? User { get; set; }

    [Proto(3)]
    public string? Error { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}
