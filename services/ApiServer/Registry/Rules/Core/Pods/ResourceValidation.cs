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

    /// <param name="resources">What a container asks for.</param>
    /// <param name="podClaims">The claims of its pod, of which it may use some.</param>
    /// <param name="path">Path of the resources.</param>
    public static IEnumerable<FieldError> Validate(ResourceRequirements? resources, IReadOnlyList<PodResourceClaim> podClaims, string path)
    {
        if (resources is null)
            yield break;
        var (limits, requests) = (resources.Limits ?? None, resources.Requests ?? None);
        foreach (var error in Amounts(limits, $"{path}.limits"))
            yield return error;
        foreach (var error in Amounts(requests, $"{path}.requests"))
            yield return error;
        foreach (var (name, request) in requests)
        {
            if (!limits.TryGetValue(name, out var limit))
            {
                if (!MayOvercommit(name))
                    yield return FieldError.Required($"{path}.limits", "Limit must be set for non overcommitable resources");
            }
            else if (request > limit)
                yield return FieldError.Invalid($"{path}.requests", request.ToString(), $"must be {(MayOvercommit(name) ? "less than or " : "")}equal to {name} limit of {limit}");
            else if (!MayOvercommit(name) && request != limit)
                yield return FieldError.Invalid($"{path}.requests", request.ToString(), $"must be equal to {name} limit of {limit}");
        }

        var names = limits.Keys.Concat(requests.Keys).ToList();
        if (names.Any(IsHugePages) && !names.Any(n => n is "cpu" or "memory"))
            yield return FieldError.Forbidden(path, "HugePages require cpu or memory");
        foreach (var error in Claims(resources.Claims, podClaims, $"{path}.claims"))
            yield return error;
    }

    /// <summary>Whether more of a resource may be promised than there is: only of what is not handed out by the piece.</summary>
    private static bool MayOvercommit(string name) => (!name.Contains('/') || name.Contains("kubernetes.io/", StringComparison.Ordinal)) && !IsHugePages(name);

    private static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static IEnumerable<FieldError> Claims(IReadOnlyList<ResourceClaim>? claims, IReadOnlyList<PodResourceClaim> podClaims, string path)
    {
        var names = podClaims.Select(c => c.Name ?? "").Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var among = names.Count == 0 ? " which is empty" : ": " + string.Join(", ", names);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (claim, at) in claims.At(path))
        {
            if (claim.Name is not { Length: > 0 } name)
            {
                yield return FieldError.Required(at);
                continue;
            }

            var key = string.IsNullOrEmpty(claim.Request) ? name : $"{name}/{claim.Request}";
            if (!seen.Add(key))
                yield return FieldError.Duplicate(at, key);
            if (!names.Contains(name))
                yield return new FieldError(FieldErrorType.FieldValueNotFound, at, name, "must be one of the names in pod.spec.resourceClaims" + among);
        }
    }

    private static IEnumerable<FieldError> Amounts(IReadOnlyDictionary<string, Quantity> amounts, string path)
    {
        foreach (var (name, amount) in amounts)
        {
            var at = $"{path}[{name}]";
            foreach (var error in NameFormats.QualifiedName(name))
                yield return FieldError.Invalid(at, name, error);
            if (!name.Contains('/') && !Native.Contains(name) && !IsHugePages(name))
                yield return FieldError.Invalid(at, name, "must be a standard resource for containers");
            if (amount.Sign < 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be greater than or equal to 0");
            if (name.Contains('/') && amount.Nanos % 1_000_000_000 != 0)
                yield return FieldError.Invalid(at, amount.ToString(), "must be an integer");
        }
    }
}
