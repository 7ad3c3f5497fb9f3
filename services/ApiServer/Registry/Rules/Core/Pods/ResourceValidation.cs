using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of resource requests and limits.</summary>
internal static class ResourceValidation
{
    private static readonly string[] Native = ["cpu", "memory", "ephemeral-storage"];
    private static readonly Dictionary<string, Quantity> None = [];

    public static IEnumerable<FieldError> Validate(ResourceRequirements? resources, string path)
    {
        if (resources is null)
            yield break;
        foreach (var error in Amounts(resources.Limits ?? None, $"{path}.limits"))
            yield return error;
        foreach (var error in Amounts(resources.Requests ?? None, $"{path}.requests"))
            yield return error;
        foreach (var (name, request) in resources.Requests ?? None)
        {
            if (resources.Limits?.TryGetValue(name, out var limit) != true)
                continue;
            if (request > limit)
                yield return FieldError.Invalid($"{path}.requests", request.ToString(), $"must be less than or equal to {name} limit of {limit}");
            else if (!Native.Contains(name) && request != limit)
                yield return FieldError.Invalid($"{path}.requests", request.ToString(), $"must be equal to {name} limit of {limit}");
        }
    }

    private static IEnumerable<FieldError> Amounts(IReadOnlyDictionary<string, Quantity> amounts, string path)
    {
        foreach (var (name, amount) in amounts)
        {
            var at = $"{path}[{name}]";
            foreach (var error in NameFormats.QualifiedName(name))
                yield return FieldError.Invalid(at, name, error);
            if (!name.Contains('/') && !Native.Contains(name) && !name.StartsWith("hugepages-", StringComparison.Ordinal))
                yield return FieldError.Invalid(at, name, "must be a standard resource for containers");
            if (amount.Sign < 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be greater than or equal to 0");
            if (name.Contains('/') && amount.Nanos % 1_000_000_000 != 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be an integer");
        }
    }
}
