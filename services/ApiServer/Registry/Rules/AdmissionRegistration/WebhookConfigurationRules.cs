using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Webhooks that may change what is written.</summary>
internal sealed class MutatingWebhookConfigurationRules : ResourceRules<MutatingWebhookConfiguration>
{
    private static readonly string[] Reinvocations = ["IfNeeded", "Never"];

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Webhooks", "integer", Description: "Number of webhooks."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(MutatingWebhookConfiguration value)
    {
        foreach (var hook in value.Webhooks ?? [])
        {
            hook.FailurePolicy ??= "Fail";
            hook.MatchPolicy ??= "Equivalent";
            hook.NamespaceSelector ??= new();
            hook.ObjectSelector ??= new();
            hook.TimeoutSeconds ??= 10;
            hook.ReinvocationPolicy ??= "Never";
            WebhookValidation.Default(hook.Rules, hook.ClientConfig);
        }
    }

    protected override void PrepareForCreate(MutatingWebhookConfiguration value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(MutatingWebhookConfiguration value, MutatingWebhookConfiguration old) => !SemanticEquality.Same(value.Webhooks, old.Webhooks);

    protected override IEnumerable<FieldError> ValidateCreate(MutatingWebhookConfiguration value) => Check(value, acceptsUnknownVersions: false);

    protected override IEnumerable<FieldError> ValidateUpdate(MutatingWebhookConfiguration value, MutatingWebhookConfiguration old) =>
        Check(value, WebhookValidation.HasUnknownVersions((old.Webhooks ?? []).Select(w => w.AdmissionReviewVersions)));

    protected override object?[] Row(MutatingWebhookConfiguration value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Webhooks?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> Check(MutatingWebhookConfiguration value, bool acceptsUnknownVersions) =>
    [
        .. WebhookValidation.Validate([.. (value.Webhooks ?? []).Select(w => new WebhookView(w.Name, w.ClientConfig, w.Rules, w.FailurePolicy, w.MatchPolicy,
            w.NamespaceSelector, w.ObjectSelector, w.SideEffects, w.TimeoutSeconds, w.AdmissionReviewVersions, w.MatchConditions))], acceptsUnknownVersions),
        .. value.Webhooks.At("webhooks").SelectMany(w => Findings.OneOf(w.Item.ReinvocationPolicy, $"{w.Path}.reinvocationPolicy", Reinvocations)),
    ];
}

/// <summary>Webhooks that may refuse what is written.</summary>
internal sealed class ValidatingWebhookConfigurationRules : ResourceRules<ValidatingWebhookConfiguration>
{
    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Webhooks", "integer", Description: "Number of webhooks."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ValidatingWebhookConfiguration value)
    {
        foreach (var hook in value.Webhooks ?? [])
        {
            hook.FailurePolicy ??= "Fail";
            hook.MatchPolicy ??= "Equivalent";
            hook.NamespaceSelector ??= new();
            hook.ObjectSelector ??= new();
            hook.TimeoutSeconds ??= 10;
            WebhookValidation.Default(hook.Rules, hook.ClientConfig);
        }
    }

    protected override void PrepareForCreate(ValidatingWebhookConfiguration value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(ValidatingWebhookConfiguration value, ValidatingWebhookConfiguration old) =>
        !SemanticEquality.Same(value.Webhooks, old.Webhooks);

    protected override IEnumerable<FieldError> ValidateCreate(ValidatingWebhookConfiguration value) => Check(value, acceptsUnknownVersions: false);

    protected override IEnumerable<FieldError> ValidateUpdate(ValidatingWebhookConfiguration value, ValidatingWebhookConfiguration old) =>
        Check(value, WebhookValidation.HasUnknownVersions((old.Webhooks ?? []).Select(w => w.AdmissionReviewVersions)));

    protected override object?[] Row(ValidatingWebhookConfiguration value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Webhooks?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> Check(ValidatingWebhookConfiguration value, bool acceptsUnknownVersions) =>
        WebhookValidation.Validate([.. (value.Webhooks ?? []).Select(w => new WebhookView(w.Name, w.ClientConfig, w.Rules, w.FailurePolicy, w.MatchPolicy,
            w.NamespaceSelector, w.ObjectSelector, w.SideEffects, w.TimeoutSeconds, w.AdmissionReviewVersions, w.MatchConditions))], acceptsUnknownVersions);
}
