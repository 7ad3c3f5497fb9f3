using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>Keys in the affinity terms of a new pod become parts of the terms' selectors, with the values of the pod's own labels.</summary>
internal static class MatchLabelKeys
{
    public static void Merge(Pod pod)
    {
        if (pod.Metadata.Labels is not { Count: > 0 } labels || pod.Spec?.Affinity is not { } affinity)
            return;
        var (near, far) = (affinity.PodAffinity, affinity.PodAntiAffinity);
        IEnumerable<PodAffinityTerm?> terms =
        [
            .. near?.RequiredDuringSchedulingIgnoredDuringExecution ?? [],
            .. (near?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(t => t.PodAffinityTerm),
            .. far?.RequiredDuringSchedulingIgnoredDuringExecution ?? [],
            .. (far?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(t => t.PodAffinityTerm),
        ];
        foreach (var term in terms)
        {
            // Without a selector a term selects no pod, with these keys or without.
            if (term?.LabelSelector is not { } selector)
                continue;
            List<LabelSelectorRequirement> added = [.. Requirements(term.MatchLabelKeys, "In", labels), .. Requirements(term.MismatchLabelKeys, "NotIn", labels)];
            if (added.Count > 0)
                selector.MatchExpressions = [.. selector.MatchExpressions ?? [], .. added];
        }
    }

    private static IEnumerable<LabelSelectorRequirement> Requirements(IReadOnlyList<string>? keys, string comparison, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var key in keys ?? [])
        {
            if (labels.TryGetValue(key, out var value))
                yield return new() { Key = key, Operator = comparison, Values = [value] };
        }
    }
}
