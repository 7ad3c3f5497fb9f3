using System.Globalization;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Expressions;
using Platform.Cel;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>
/// Checks every expression when a policy or a webhook's condition is written. An expression that was accepted before is not checked again, so that a policy stays
/// editable when the language gets stricter.
/// </summary>
internal static class PolicyExpressionValidation
{
    public static IEnumerable<FieldError> Validate(ValidatingAdmissionPolicySpec spec)
    {
        var environments = PolicyEnvironment.Of(spec);
        return Conditions(spec.MatchConditions, environments.Conditions, "spec.matchConditions")
            .Concat((spec.Variables ?? []).SelectMany((v, i) => Variable(v, environments, At("spec.variables", i))))
            .Concat((spec.Validations ?? []).SelectMany((v, i) => Validation(v, environments, At("spec.validations", i))))
            .Concat((spec.AuditAnnotations ?? []).SelectMany((a, i) => Check(
                a.ValueExpression, environments.Messages, At("spec.auditAnnotations", i) + ".valueExpression", CelType.String, CelType.Null)));
    }

    /// <summary>Match conditions of a webhook or a policy.</summary>
    public static IEnumerable<FieldError> Conditions(IReadOnlyList<MatchCondition>? conditions, CelEnvironment environment, string path) =>
        (conditions ?? []).SelectMany((c, i) => Check(c.Expression, environment, At(path, i) + ".expression", CelType.Bool));

    private static IEnumerable<FieldError> Variable(Variable variable, PolicyEnvironment environments, string path)
    {
        if (string.IsNullOrEmpty(variable.Name))
            yield return FieldError.Required(path + ".name", "name is not specified");
        else if (!IsIdentifier(variable.Name))
            yield return FieldError.Invalid(path + ".name", variable.Name, "name is not a valid CEL identifier");
        if (string.IsNullOrWhiteSpace(variable.Expression))
            yield return FieldError.Required(path + ".expression", "expression is not specified");
        else if (environments.Variables[variable.Name ?? ""] is { Error: { } error } compiled && compiled.Text == variable.Expression)
            yield return FieldError.Invalid(path + ".expression", variable.Expression, error);
    }

    private static IEnumerable<FieldError> Validation(Validation validation, PolicyEnvironment environments, string path)
    {
        var findings = Check(validation.Expression, environments.Validations, path + ".expression", CelType.Bool);
        return string.IsNullOrEmpty(validation.MessageExpression)
            ? findings
            : findings.Concat(Check(validation.MessageExpression, environments.Messages, path + ".messageExpression", CelType.String));
    }

    private static IEnumerable<FieldError> Check(string? text, CelEnvironment environment, string path, params CelType[] results)
    {
        if (string.IsNullOrWhiteSpace(text))
            yield return FieldError.Required(path, "expression is not specified");
        else if (Expression.Compile(text, environment, results).Error is { } error)
            yield return FieldError.Invalid(path, text, error);
    }

    private static bool IsIdentifier(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && Platform.Cel.Schemas.FieldNames.Escape(name) == name;

    private static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
