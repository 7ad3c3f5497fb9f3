using Platform.Api.Core.V1;
using Platform.Api.Selectors;

namespace Platform.Scheduler.Snapshot;

/// <summary>One term of pod affinity or anti-affinity with its selectors compiled.</summary>
/// <param name="Selector">Labels of the pods that it is about.</param>
/// <param name="Namespaces">Their namespaces by name.</param>
/// <param name="NamespaceSelector">Their namespaces by label; null where only names count.</param>
/// <param name="TopologyKey">Label of nodes whose value makes a domain.</param>
/// <param name="Weight">For preferred terms, negative for anti-affinity.</param>
internal sealed record AffinityTerm(Selector Selector, IReadOnlySet<string> Namespaces, Selector? NamespaceSelector, string TopologyKey, int Weight)
{
    public static AffinityTerm[] From(IReadOnlyList<PodAffinityTerm>? terms, string ownNamespace) =>
        terms is null ? [] : [.. terms.Select(term => From(term, ownNamespace, 0))];

    public static AffinityTerm[] From(IReadOnlyList<WeightedPodAffinityTerm>? terms, string ownNamespace, int sign) =>
        terms is null ? [] : [.. terms.Select(term => From(term.PodAffinityTerm!, ownNamespace, sign * (term.Weight ?? 0)))];

    /// <summary>Whether the term is about a pod, given the labels of its namespace.</summary>
    public bool Matches(PodInfo pod, Func<string, IReadOnlyDictionary<string, string>?> namespaceLabels) =>
        (Namespaces.Contains(pod.Key.Namespace) || NamespaceSelector?.Matches(namespaceLabels(pod.Key.Namespace)) == true)
        && Selector.Matches(pod.Pod.Metadata.Labels);

    private static AffinityTerm From(PodAffinityTerm term, string ownNamespace, int weight)
    {
        // Without names and without a selector a term is about the pod's own namespace.
        var names = term.Namespaces is { Count: > 0 } given ? given : term.NamespaceSelector is null ? [ownNamespace] : [];
        return new(
            Selector.From(term.LabelSelector),
            names.ToHashSet(StringComparer.Ordinal),
            term.NamespaceSelector is null ? null : Selector.From(term.NamespaceSelector),
            term.TopologyKey ?? "",
            weight);
    }
}
