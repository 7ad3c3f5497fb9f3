using System.Globalization;
using Platform.Api;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Admission.Policies;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Policies of expressions. Every expression is compiled when it is written, unless the update leaves the specification as it is.</summary>
internal sealed class ValidatingAdmissionPolicyRules : ResourceRules<ValidatingAdmissionPolicy>
{
    private static readonly string[] FailurePolicies = ["Fail", "Ignore"];
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Validations", "integer", Description: "Number of validations."),
        new("ParamKind", Description: "Kind of the parameters."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ValidatingAdmissionPolicy value)
    {
        if (value.Spec is not { } spec)
            return;
        spec.FailurePolicy ??= "Fail";
        if (spec.MatchConstraints is { } match)
            MatchResourcesRules.Default(match);
    }

    protected override void PrepareForCreate(ValidatingAdmissionPolicy value)
    {
        value.Metadata.Generation = 1;
        value.Status = null;
    }

    protected override bool PrepareForUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> ValidateCreate(ValidatingAdmissionPolicy value) => Expressions(value);

    protected override IEnumerable<FieldError> ValidateUpdate(ValidatingAdmissionPolicy value, ValidatingAdmissionPolicy old) =>
        SemanticEquality.Same(value.Spec, old.Spec) ? [] : Expressions(value);

    protected override IEnumerable<FieldError> Validate(ValidatingAdmissionPolicy value)
    {
        var spec = value.Spec ?? new();
        foreach (var error in Findings.OneOf(spec.FailurePolicy, "spec.failurePolicy", FailurePolicies))
            yield return error;
        if (spec.MatchConstraints is null)
            yield return FieldError.Required("spec.matchConstraints");
        else
        {
            foreach (var error in MatchResourcesRules.Validate(spec.MatchConstraints, "spec.matchConstraints", required: true))
                yield return error;
        }
        if (spec.Validations is not { Count: > 0 } && spec.AuditAnnotations is not { Count: > 0 })
        {
            yield return FieldError.Required("spec.validations", "validations or auditAnnotations must be non-empty");
            yield return FieldError.Required("spec.auditAnnotations", "validations or auditAnnotations must be non-empty");
        }
        foreach (var (validation, path) in spec.Validations.At("spec.validations"))
        {
            foreach (var error in Findings.OneOf(validation.Reason, path + ".reason", Reasons))
                yield return error;
            if (validation.Message is { } message && string.IsNullOrWhiteSpace(message))
                yield return FieldError.Invalid(path + ".message", message, "message must be non-empty if specified");
        }
        foreach (var error in Repeated(spec))
            yield return error;
    }

    private static IEnumerable<FieldError> Repeated(ValidatingAdmissionPolicySpec spec)
    {
        foreach (var (name, path) in Twice(spec.MatchConditions, c => c.Name, "spec.matchConditions"))
            yield return FieldError.Duplicate(path + ".name", name);
        foreach (var (name, path) in Twice(spec.Variables, v => v.Name, "spec.variables"))
            yield return FieldError.Duplicate(path + ".name", name);
        foreach (var (name, path) in Twice(spec.AuditAnnotations, a => a.Key, "spec.auditAnnotations"))
            yield return FieldError.Duplicate(path + ".key", name);
    }

    private static IEnumerable<(string Name, string Path)> Twice<T>(IReadOnlyList<T>? items, Func<T, string?> name, string path)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, at) in items.At(path))
        {
            if (name(item) is { Length: > 0 } text && !known.Add(text))
                yield return (text, at);
        }
    }

    private static IEnumerable<FieldError> Expressions(ValidatingAdmissionPolicy value) =>
        value.Spec is { } spec ? PolicyExpressionValidation.Validate(spec) : [];

    protected override object?[] Row(ValidatingAdmissionPolicy value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Validations?.Count ?? 0,
        value.Spec?.ParamKind is { } kind ? string.Create(CultureInfo.InvariantCulture, $"{kind.ApiVersion}/{kind.Kind}") : "<unset>",
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];
}
