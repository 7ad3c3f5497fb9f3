using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The rules of label selectors inside objects.</summary>
internal static class LabelSelectorValidation
{
    public static IEnumerable<FieldError> Validate(LabelSelector? selector, string path)
    {
        if (selector is null)
            yield break;
        foreach (var error in ObjectMetaValidation.Labels(selector.MatchLabels, $"{path}.matchLabels"))
            yield return error;
        foreach (var error in (selector.MatchExpressions ?? []).SelectMany((r, i) => Requirement(r, $"{path}.matchExpressions[{i}]")))
            yield return error;
    }

    private static IEnumerable<FieldError> Requirement(LabelSelectorRequirement requirement, string path)
    {
        var values = requirement.Values ?? [];
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                    yield return FieldError.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                    yield return FieldError.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            default:
                yield return FieldError.Invalid($"{path}.operator", requirement.Operator ?? "", "not a valid selector operator");
                break;
        }

        foreach (var error in NameFormats.QualifiedName(requirement.Key ?? ""))
            yield return FieldError.Invalid($"{path}.key", requirement.Key ?? "", error);
        for (var i = 0; i < values.Count; i++)
        {
            foreach (var error in NameFormats.LabelValue(values[i]))
                yield return FieldError.Invalid($"{path}.values[{i}]", values[i], error);
        }
    }
}
