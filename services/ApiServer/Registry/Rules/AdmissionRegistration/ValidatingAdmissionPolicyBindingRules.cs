using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Bindings that put admission policies into force.</summary>
internal sealed class ValidatingAdmissionPolicyBindingRules : ResourceRules<ValidatingAdmissionPolicyBinding>
{
    private static readonly string[] Actions = ["Audit", "Deny", "Warn"];
    private static readonly string[] NotFoundActions = ["Allow", "Deny"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("PolicyName", Description: "Policy that is put into force."),
        new("ParamRef", Description: "Object that holds the parameters."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(ValidatingAdmissionPolicyBinding value) => MatchResourcesRules.Default(value.Spec?.MatchResources);

    protected override void PrepareForCreate(ValidatingAdmissionPolicyBinding value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(ValidatingAdmissionPolicyBinding value, ValidatingAdmissionPolicyBinding old) => !SemanticEquality.Same(value.Spec, old.Spec);

    protected override IEnumerable<FieldError> Validate(ValidatingAdmissionPolicyBinding value)
    {
        var spec = value.Spec ?? new();
        if (string.IsNullOrEmpty(spec.PolicyName))
            yield return FieldError.Required("spec.policyName");
        else
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(spec.PolicyName), "spec.policyName", spec.PolicyName))
                yield return error;
        }
        if (spec.ParamRef is { } parameters)
        {
            foreach (var error in Parameters(parameters, "spec.paramRef"))
                yield return error;
        }
        if (spec.MatchResources is { } match)
        {
            foreach (var error in MatchResourcesRules.Validate(match, "spec.matchResources"))
                yield return error;
        }
        foreach (var error in Enforcement(spec.ValidationActions))
            yield return error;
    }

    protected override object?[] Row(ValidatingAdmissionPolicyBinding value, DateTimeOffset now) =>
    [
        value.Metadata.Name, value.Spec?.PolicyName, Show(value.Spec?.ParamRef), Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static string Show(ParamRef? parameters) => parameters switch
    {
        null => "<unset>",
        { Name: { Length: > 0 } name, Namespace: { Length: > 0 } ns } => $"{ns}/{name}",
        { Name: { Length: > 0 } name } => name,
        { Selector: { } selector } => Cells.Selector(selector),
        _ => "*",
    };

    private static IEnumerable<FieldError> Parameters(ParamRef parameters, string path)
    {
        if (!string.IsNullOrEmpty(parameters.Name))
        {
            foreach (var error in Findings.Of(Findings.PathSegment(parameters.Name), $"{path}.name", parameters.Name))
                yield return error;
            if (parameters.Selector is not null)
                yield return FieldError.Forbidden($"{path}.name", "name and selector are mutually exclusive");
        }
        if (parameters.Selector is not null)
        {
            foreach (var error in LabelSelectorValidation.Validate(parameters.Selector, $"{path}.selector"))
                yield return error;
            if (!string.IsNullOrEmpty(parameters.Name))
                yield return FieldError.Forbidden($"{path}.selector", "name and selector are mutually exclusive");
        }
        if (string.IsNullOrEmpty(parameters.Name) && parameters.Selector is null)
            yield return FieldError.Required(path, "one of name or selector must be specified");
        foreach (var error in Findings.OneOf(parameters.ParameterNotFoundAction, $"{path}.parameterNotFoundAction", NotFoundActions, required: true))
            yield return error;
    }

    private static IEnumerable<FieldError> Enforcement(IReadOnlyList<string>? actions)
    {
        const string path = "spec.validationActions";
        if (actions is not { Count: > 0 })
            yield return FieldError.Required(path);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (action, at) in actions.At(path))
        {
            if (!Actions.Contains(action))
                yield return FieldError.NotSupported(at, action, Actions);
            if (!seen.Add(action))
                yield return FieldError.Duplicate(at, action);
        }
        if (seen.Contains("Deny") && seen.Contains("Warn"))
            yield return FieldError.Invalid(path, actions,
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
    }
}
