namespace Platform.Api.Authentication.V1;

/// <summary>TokenReview.</summary>
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

/// <summary>TokenReviewSpec.</summary>
public sealed partial record TokenReviewSpec
{
    /// <summary>token.</summary>
    [Proto(1)]
    public string? Token { get; set; }

    /// <summary>audiences.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}

/// <summary>TokenReviewStatus.</summary>
public sealed partial record TokenReviewStatus
{
    /// <summary>authenticated.</summary>
    [Proto(1)]
    public bool? Authenticated { get; set; }

    /// <summary>User the token belongs to.</summary>
    [Proto(2)]
    public UserInfo? User { get; set; }

    /// <summary>error.</summary>
    [Proto(3)]
    public string? Error { get; set; }

    /// <summary>audiences.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}
