namespace Platform.Api.Authentication.V1;

/// <summary>Asks whether a token is good and whose it is.</summary>
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

/// <summary>The token in question.</summary>
public sealed partial record TokenReviewSpec
{
    /// <summary>The token.</summary>
    [Proto(1)]
    public string? Token { get; set; }

    /// <summary>For whom the asking server wants it to be; the API server where empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}

/// <summary>The verdict.</summary>
public sealed partial record TokenReviewStatus
{
    /// <summary>Whether the token is good.</summary>
    [Proto(1)]
    public bool? Authenticated { get; set; }

    /// <summary>User the token belongs to.</summary>
    [Proto(2)]
    public UserInfo? User { get; set; }

    /// <summary>Why it could not be checked.</summary>
    [Proto(3)]
    public string? Error { get; set; }

    /// <summary>Which of the audiences asked for the token is for.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }
}
