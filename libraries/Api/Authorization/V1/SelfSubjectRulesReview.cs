namespace Platform.Api.Authorization.V1;

/// <summary>SelfSubjectRulesReview.</summary>
[Resource("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", Scope = ResourceScope.Cluster, Verbs = ["create"])]
public sealed partial record SelfSubjectRulesReview : KubernetesObject
{
    /// <summary>spec.</summary>
    [Proto(2), Required]
    public SelfSubjectRulesReviewSpec? Spec { get; set; }

    /// <summary>status.</summary>
    [Proto(3)]
    public SubjectRulesReviewStatus? Status { get; set; }
}

/// <summary>NonResourceRule.</summary>
public sealed partial record NonResourceRule
{
    /// <summary>verbs.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>nonResourceURLs.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

/// <summary>ResourceRule.</summary>
public sealed partial record ResourceRule
{
    /// <summary>verbs.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>apiGroups.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>resources.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>resourceNames.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }
}

/// <summary>SelfSubjectRulesReviewSpec.</summary>
public sealed partial record SelfSubjectRulesReviewSpec
{
    /// <summary>namespace.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }
}

/// <summary>SubjectRulesReviewStatus.</summary>
public sealed partial record SubjectRulesReviewStatus
{
    /// <summary>resourceRules.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<ResourceRule>? ResourceRules { get; set; }

    /// <summary>nonResourceRules.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<NonResourceRule>? NonResourceRules { get; set; }

    /// <summary>incomplete.</summary>
    [Proto(3), Required]
    public bool? Incomplete { get; set; }

    /// <summary>evaluationError.</summary>
    [Proto(4)]
    public string? EvaluationError { get; set; }
}
