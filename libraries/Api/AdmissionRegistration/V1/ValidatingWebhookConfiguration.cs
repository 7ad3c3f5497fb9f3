using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>Webhooks that accept or refuse requests without changing them.</summary>
[Resource("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", Scope = ResourceScope.Cluster,
    Categories = ["api-extensions"])]
public sealed partial record ValidatingWebhookConfiguration : KubernetesObject
{
    /// <summary>The webhooks, which are asked at the same time.</summary>
    [ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<ValidatingWebhook>? Webhooks { get; set; }
}

/// <summary>A webhook that accepts or refuses requests.</summary>
public sealed partial record ValidatingWebhook : IAdmissionWebhook
{
    /// <summary>Fully qualified name, such as imagepolicy.example.com.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>How the webhook is reached.</summary>
    [Proto(2), Required]
    public WebhookClientConfig? ClientConfig { get; set; }

    /// <summary>Operations on resources for which the webhook is asked.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<RuleWithOperations>? Rules { get; set; }

    /// <summary>When the webhook cannot be asked: Fail (default) refuses the request, Ignore lets it pass.</summary>
    [Proto(4), Enum("Fail", "Ignore")]
    public string? FailurePolicy { get; set; }

    /// <summary>Only for objects in namespaces with these labels. Everything where empty.</summary>
    [Proto(5)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>None or NoneOnDryRun: whether asking changes anything elsewhere. Dry runs are refused where it may.</summary>
    [Proto(6), Required, NoDefault, Enum("None", "NoneOnDryRun", "Some", "Unknown")]
    public string? SideEffects { get; set; }

    /// <summary>Seconds to wait for the answer, 1 to 30. Default 10.</summary>
    [Proto(7)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Versions of AdmissionReview that the webhook understands; the first that the server knows is sent.</summary>
    [Proto(8), Required, ListType("atomic")]
    public IReadOnlyList<string>? AdmissionReviewVersions { get; set; }

    /// <summary>
    /// Exact: only the versions that the rules name. Equivalent (default): other versions of the same objects too, converted.
    /// </summary>
    [Proto(9), Enum("Equivalent", "Exact")]
    public string? MatchPolicy { get; set; }

    /// <summary>Only for objects with these labels, before or after the change. Everything where empty.</summary>
    [Proto(10)]
    public LabelSelector? ObjectSelector { get; set; }

    /// <summary>CEL conditions that must all hold for the webhook to be asked. At most 64.</summary>
    [Proto(11), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<MatchCondition>? MatchConditions { get; set; }
}
