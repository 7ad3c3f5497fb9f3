using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Bindings, which put a policy into force with parameters and actions.</summary>
internal sealed class ValidatingAdmissionPolicyBindingRules : ResourceRules<ValidatingAdmissionPolicyBinding>
{
    private static readonly string[] Actions = ["Audit", "Deny", "Warn"];
    private static readonly string[] NotFoundActions = ["Allow", "Deny"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("PolicyName", Description: "The policy that is put into force."),
        new("ParamRef", Description: "The parameters."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ValidatingAdmissionPolicyBinding value)
    {
        if (value.Spec?.MatchResources is { } match)
            MatchResourcesRules.Default(match);
    }

    protected override void PrepareForCreate(ValidatingAdmissionPolicyBinding value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(ValidatingAdmissionPolicyBinding value, ValidatingAdmissionPolicyBinding old) =>
        !SemanticEquality.Same(value.Spec, old.Spec);

    protected override IEnumerable<FieldError> Validate(ValidatingAdmissionPolicyBinding value)
    {
        var spec = value.Spec ?? new();
        if (string.IsNullOrEmpty(spec.PolicyName))
            yield return FieldError.Required("spec.policyName");
        foreach (var error in Parameters(spec.ParamRef))
            yield return error;
        if (spec.MatchResources is { } match)
        {
            foreach (var error in MatchResourcesRules.Validate(match, "spec.matchResources", required: false))
                yield return error;
        }
        if (spec.ValidationActions is not { Count: > 0 } actions)
        {
            yield return FieldError.Required("spec.validationActions", "at least one validation action is required");
            yield break;
        }
        foreach (var (action, path) in actions.At("spec.validationActions"))
        {
            foreach (var error in Findings.OneOf(action, path, Actions))
                yield return error;
        }
        if (actions.Contains("Deny") && actions.Contains("Warn"))
        {
            yield return FieldError.Invalid("spec.validationActions", actions, "must not contain both Deny and Warn "
                + "(repeating the same validation failure information in the API response and headers serves no purpose)");
        }
    }

    private static IEnumerable<FieldError> Parameters(ParamRef? reference)
    {
        if (reference is null)
            yield break;
        var named = !string.IsNullOrEmpty(reference.Name);
        if (named && reference.Selector is not null)
            yield return FieldError.Forbidden("spec.paramRef.name", "name and selector are mutually exclusive");
        if (!named && reference.Selector is null)
            yield return FieldError.Required("spec.paramRef", "one of name or selector must be specified");
        foreach (var error in Findings.OneOf(reference.ParameterNotFoundAction, "spec.paramRef.parameterNotFoundAction", NotFoundActions, required: true))
            yield return error;
    }

    protected override object?[] Row(ValidatingAdmissionPolicyBinding value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.PolicyName ?? "",
        value.Spec?.ParamRef is { } reference ? Shown(reference) : "<unset>",
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static string Shown(ParamRef reference)
    {
        var name = string.IsNullOrEmpty(reference.Name) ? "*" : reference.Name;
        return string.IsNullOrEmpty(reference.Namespace) ? name : $"{reference.Namespace}/{name}";
    }
}
