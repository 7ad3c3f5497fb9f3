using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of the keys whose values a pod takes from its own labels to select other pods.</summary>
internal static class LabelKeyValidation
{
    private const string InSelector = "exists in both matchLabelKeys and labelSelector";

    /// <summary>
    /// The keys of an affinity term. By now <see cref="MatchLabelKeys"/> has added one expression for each key to the selector of a pod, so that only
    /// a key which is there once more was also written by the author.
    /// </summary>
    public static IEnumerable<FieldError> Validate(PodAffinityTerm term, string path)
    {
        var keys = term.MatchLabelKeys ?? [];
        foreach (var (list, field) in new[] { (keys, "matchLabelKeys"), (term.MismatchLabelKeys ?? [], "mismatchLabelKeys") })
        {
            if (list.Count == 0)
                continue;
            if (term.LabelSelector is null)
                yield return FieldError.Forbidden($"{path}.{field}", "must not be specified when labelSelector is not set");
            else
            {
                foreach (var error in list.At($"{path}.{field}").SelectMany(k => Findings.Of(NameFormats.QualifiedName(k.Item), k.Path, k.Item)))
                    yield return error;
            }
        }

        var selected = (term.LabelSelector?.MatchLabels ?? new Dictionary<string, string>()).Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var expression in term.LabelSelector?.MatchExpressions ?? [])
        {
            var key = expression.Key ?? "";
            // Upstream leaves the field's name out of this path.
            if (!selected.Add(key) && keys.Contains(key))
                yield return FieldError.Invalid($"{path}[{keys.ToList().LastIndexOf(key)}]", key, InSelector);
        }

        foreach (var (key, at) in keys.At($"{path}.matchLabelKeys"))
        {
            if (term.MismatchLabelKeys?.Contains(key) == true)
                yield return FieldError.Invalid(at, key, "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }

    /// <summary>The keys of a spread constraint, which the scheduler reads beside the selector.</summary>
    public static IEnumerable<FieldError> Validate(TopologySpreadConstraint constraint, string path)
    {
        if (constraint.MatchLabelKeys is not { Count: > 0 } keys)
            yield break;
        var selector = constraint.LabelSelector ?? new LabelSelector();
        if (constraint.LabelSelector is null)
            yield return FieldError.Forbidden(path, "must not be specified when labelSelector is not set");
        foreach (var (key, at) in keys.At(path))
        {
            foreach (var error in Findings.Of(NameFormats.QualifiedName(key), at, key))
                yield return error;
            if (selector.MatchLabels?.ContainsKey(key) == true || selector.MatchExpressions?.Any(e => e.Key == key) == true)
                yield return FieldError.Invalid(at, key, InSelector);
        }
    }
}
