using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Admission.Policies;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Admission policies: conditions in the expression language that every write must meet. The expressions are checked only when they are new.</summary>
internal sealed class ValidatingAdmissionPolicyRules : ResourceRules<ValidatingAdmissionPolicy>
{
    /// <summary>Most audit annotations.</summary>
    private const int MostAnnotations = 20;

    private static readonly string[] FailurePolicies = ["Fail", "Ignore"];
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Validations", "integer", Description: "Number of conditions."),
        new("ParamKind", Description: "Kind of the objects that hold parameters."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ValidatingAdmissionPolicy value)
    {
        if (value.Spec is not { } spec)
            return;
        spec.FailurePolicy ??= "Fail";
        MatchResourcesRules.Default(spec.MatchConstraints);
    }

    protected override void PrepareForCreate(ValidatingAdmissionPolicy value)
    {
        value.Metadata.Generation = 1;
        value.Status = new();
    }

    protected override bool PrepareForUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(ValidatingAdmissionPolicy value)
    {
        var spec = value.Spec ?? new();
        foreach (var error in Findings.OneOf(spec.FailurePolicy, "spec.failurePolicy", FailurePolicies, required: true))
            yield return error;
        foreach (var error in ParamKind(spec.ParamKind))
            yield return error;
        if (spec.MatchConstraints is null)
            yield return FieldError.Required("spec.matchConstraints");
        else
        {
            if (spec.MatchConstraints.ResourceRules is not { Count: > 0 })
                yield return FieldError.Required("spec.matchConstraints.resourceRules");
            foreach (var error in MatchResourcesRules.Validate(spec.MatchConstraints, "spec.matchConstraints"))
                yield return error;
        }
        foreach (var error in WebhookValidation.Conditions(spec.MatchConditions, "spec.matchConditions"))
            yield return error;
        foreach (var error in Variables(spec.Variables))
            yield return error;
        if (spec.Validations is not { Count: > 0 } && spec.AuditAnnotations is not { Count: > 0 })
        {
            yield return FieldError.Required("spec.validations", "validations or auditAnnotations must be configured");
            yield return FieldError.Required("spec.auditAnnotations", "validations or auditAnnotations must be configured");
        }
        foreach (var error in spec.Validations.At("spec.validations").SelectMany(v => Validation(v.Item, v.Path)))
            yield return error;
        foreach (var error in Annotations(value.Metadata.Name ?? "", spec.AuditAnnotations))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateCreate(ValidatingAdmissionPolicy value) => Expressions(value);

    protected override IEnumerable<FieldError> ValidateUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old) =>
        SemanticEquality.Same(value.Spec, old.Spec) ? [] : Expressions(value);

    protected override object?[] Row(ValidatingAdmissionPolicy value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Validations?.Count ?? 0,
        value.Spec?.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : "<unset>",
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static IEnumerable<FieldError> Expressions(ValidatingAdmissionPolicy value) =>
        value.Spec is { } spec ? PolicyExpressionValidation.Validate(spec) : [];

    private static IEnumerable<FieldError> ParamKind(ParamKind? kind)
    {
        if (kind is null)
            yield break;
        const string path = "spec.paramKind";
        if (string.IsNullOrEmpty(kind.ApiVersion))
            yield return FieldError.Required($"{path}.apiVersion");
        else
        {
            var parts = kind.ApiVersion.Split('/');
            if (parts.Length > 2)
                yield return FieldError.Invalid($"{path}.apiVersion", kind.ApiVersion, $"unexpected GroupVersion string: {kind.ApiVersion}");
            else
            {
                if (parts.Length == 2)
                {
                    foreach (var error in Findings.Of(NameFormats.DnsSubdomain(parts[0]), $"{path}.apiVersion", parts[0]))
                        yield return error;
                }
                foreach (var error in Findings.Of(NameFormats.Dns1035Label(parts[^1]), $"{path}.apiVersion", parts[^1]))
                    yield return error;
            }
        }
        if (string.IsNullOrEmpty(kind.Kind))
            yield return FieldError.Required($"{path}.kind");
        else if (NameFormats.Dns1035Label(kind.Kind.ToLowerInvariant()).ToList() is { Count: > 0 } wrong)
            yield return FieldError.Invalid($"{path}.kind", kind.Kind, "may have mixed case, but should otherwise match: " + string.Join(",", wrong));
    }

    private static IEnumerable<FieldError> Variables(IReadOnlyList<Variable>? variables)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (variable, at) in variables.At("spec.variables"))
        {
            if (!string.IsNullOrEmpty(variable.Name) && !names.Add(variable.Name))
                yield return FieldError.Duplicate($"{at}.name", variable.Name);
        }
    }

    private static IEnumerable<FieldError> Validation(Validation item, string path)
    {
        if (item.MessageExpression is { Length: > 0 } && string.IsNullOrWhiteSpace(item.MessageExpression))
            yield return FieldError.Invalid($"{path}.messageExpression", item.MessageExpression, "must be non-empty if specified");
        var message = item.Message?.Trim() ?? "";
        if (item.Message is { Length: > 0 } && message.Length == 0)
            yield return FieldError.Invalid($"{path}.message", item.Message, "message must be non-empty if specified");
        else if (message.Contains('\n'))
            yield return FieldError.Invalid($"{path}.message", item.Message, "message must not contain line breaks");
        else if (message.Length == 0 && item.Expression?.Contains('\n') == true)
            yield return FieldError.Required($"{path}.message", "message must be specified if expression contains line breaks");
        foreach (var error in Findings.OneOf(item.Reason, $"{path}.reason", Reasons))
            yield return error;
    }

    private static IEnumerable<FieldError> Annotations(string policy, IReadOnlyList<AuditAnnotation>? annotations)
    {
        const string path = "spec.auditAnnotations";
        if (annotations?.Count > MostAnnotations)
            yield return FieldError.Invalid(path, annotations, $"must not have more than {MostAnnotations} auditAnnotations");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (annotation, at) in annotations.At(path))
        {
            var key = $"{policy}/{annotation.Key}";
            foreach (var error in Findings.Of(NameFormats.QualifiedName(key), $"{at}.key", key))
                yield return error;
            if (!keys.Add(annotation.Key ?? ""))
                yield return FieldError.Duplicate($"{at}.key", annotation.Key ?? "");
        }
    }
}
