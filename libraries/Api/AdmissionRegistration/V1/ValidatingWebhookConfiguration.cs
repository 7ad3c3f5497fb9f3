using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

[Resource("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
public sealed partial record ValidatingWebhookConfiguration : KubernetesObject
{
    [ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<ValidatingWebhook>? Webhooks { get; set; }
}

public sealed partial record ValidatingWebhook
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public WebhookClientConfig? ClientConfig { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<RuleWithOperations>? Rules { get; set; }

    [Proto(4)]
    public string? FailurePolicy { get; set; }

    [Proto(5)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Proto(6), Required, NoDefault]
    public string? SideEffects { get; set; }

    [Proto(7)]
    public int? TimeoutSeconds { get; set; }

    [Proto(8), Required, ListType("atomic")]
    public IReadOnlyList<string>? AdmissionReviewVersions { get; set; }

    [Proto(9)]
    public string? MatchPolicy { get; set; }

    [Proto(10)]
    public LabelSelector? ObjectSelector { get; set; }

    [Proto(11), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<MatchCondition>? MatchConditions { get; set; }
}
