namespace Platform.Api.Authorization.V1;

/// <summary>Asks what the caller may do in a namespace.</summary>
[Resource("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SelfSubjectRulesReview : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public SelfSubjectRulesReviewSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public SubjectRulesReviewStatus? Status { get; set; }
}

/// <summary>Paths with the verbs that are allowed on them.</summary>
public sealed partial record NonResourceRule
{
    /// <summary>Verbs that the rule allows; * means all.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>URL paths outside the API's resources that the rule covers.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

/// <summary>Resources with the verbs that are allowed on them.</summary>
public sealed partial record ResourceRule
{
    /// <summary>Verbs that the rule allows; * means all.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>API groups that the rule covers; * means all.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>Names of the only objects covered; empty means all.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }
}

/// <summary>Which namespace is asked about.</summary>
public sealed partial record SelfSubjectRulesReviewSpec
{
    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }
}

/// <summary>What is allowed.</summary>
public sealed partial record SubjectRulesReviewStatus
{
    /// <summary>Rules for resources.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<ResourceRule>? ResourceRules { get; set; }

    /// <summary>Rules for other paths.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<NonResourceRule>? NonResourceRules { get; set; }

    /// <summary>Whether there may be more that cannot be listed.</summary>
    [Proto(3), Required]
    public bool? Incomplete { get; set; }

    /// <summary>What went wrong on the way.</summary>
    [Proto(4)]
    public string? EvaluationError { get; set; }
}
