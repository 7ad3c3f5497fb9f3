using System.Text.RegularExpressions;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The rules of the common form of status conditions.</summary>
internal static partial class ConditionValidation
{
    private const int LongestReason = 1024;
    private const int LongestMessage = 32 * 1024;

    public static IEnumerable<FieldError> Validate(IReadOnlyList<Condition>? conditions, string path)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (conditions?.Count ?? 0); i++)
        {
            var (condition, at) = (conditions![i], $"{path}[{i}]");
            foreach (var error in One(condition, at))
                yield return error;
            if (!string.IsNullOrEmpty(condition.Type) && !types.Add(condition.Type))
                yield return FieldError.Duplicate($"{at}.type", condition.Type);
        }
    }

    private static IEnumerable<FieldError> One(Condition condition, string path)
    {
        if (string.IsNullOrEmpty(condition.Type))
            yield return FieldError.Required($"{path}.type");
        else
        {
            foreach (var error in NameFormats.QualifiedName(condition.Type))
                yield return FieldError.Invalid($"{path}.type", condition.Type, error);
        }

        if (condition.Status is not ("True" or "False" or "Unknown"))
            yield return FieldError.NotSupported($"{path}.status", condition.Status ?? "", ["False", "True", "Unknown"]);
        if (condition.ObservedGeneration < 0)
            yield return FieldError.Invalid($"{path}.observedGeneration", condition.ObservedGeneration, "must be greater than or equal to zero");
        if (condition.LastTransitionTime is null)
            yield return FieldError.Required($"{path}.lastTransitionTime", "must be set");
        var reason = condition.Reason ?? "";
        if (reason.Length == 0)
            yield return FieldError.Required($"{path}.reason", "must be set");
        else if (!Reason().IsMatch(reason))
            yield return FieldError.Invalid($"{path}.reason", reason,
                "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an "
                + "alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', "
                + "regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
        if (reason.Length > LongestReason)
            yield return FieldError.TooLong($"{path}.reason", LongestReason);
        if (condition.Message?.Length > LongestMessage)
            yield return FieldError.TooLong($"{path}.message", LongestMessage);
    }

    [GeneratedRegex(@"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?\z")]
    private static partial Regex Reason();
}
