using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What is hardly meant in where a pod may run: labels of nodes that have been replaced, and selectors that select no pod.</summary>
internal static class PlacementWarnings
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    private const string NoSelector = "labelSelector: a null labelSelector results in matching no pod";

    /// <summary>Warnings of a node selector's term.</summary>
    public static IEnumerable<string> Term(NodeSelectorTerm? term, string path) => term?.MatchExpressions
        .At($"{path}.matchExpressions").SelectMany(e => Replaced(e.Item.Key, $"{e.Path}.key")) ?? [];

    /// <summary>Warnings of how nodes are chosen.</summary>
    public static IEnumerable<string> Nodes(PodSpec spec, string path)
    {
        var (affinity, at) = (spec.Affinity?.NodeAffinity, $"{path}.affinity.nodeAffinity");
        return
        [
            .. (spec.NodeSelector ?? new Dictionary<string, string>()).Keys.Order(StringComparer.Ordinal)
                .SelectMany(k => NodeLabels.Warn(k, $"{path}.nodeSelector[{k}]")),
            .. (affinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms)
                .At($"{at}.{Required}.nodeSelectorTerms").SelectMany(t => Term(t.Item, t.Path)),
            .. (affinity?.PreferredDuringSchedulingIgnoredDuringExecution)
                .At($"{at}.{Preferred}").SelectMany(t => Term(t.Item.Preference, $"{t.Path}.preference")),
            .. spec.TopologySpreadConstraints.At($"{path}.topologySpreadConstraints").SelectMany(c => Spread(c.Item, c.Path)),
        ];
    }

    /// <summary>Warnings of which pods it is to be near to, or far from.</summary>
    public static IEnumerable<string> Pods(PodSpec spec, string path)
    {
        var (near, far) = (spec.Affinity?.PodAffinity, spec.Affinity?.PodAntiAffinity);
        return
        [
            .. Terms(near?.RequiredDuringSchedulingIgnoredDuringExecution, near?.PreferredDuringSchedulingIgnoredDuringExecution, $"{path}.affinity.podAffinity"),
            .. Terms(far?.RequiredDuringSchedulingIgnoredDuringExecution, far?.PreferredDuringSchedulingIgnoredDuringExecution, $"{path}.affinity.podAntiAffinity"),
        ];
    }

    private static IEnumerable<string> Spread(TopologySpreadConstraint constraint, string path)
    {
        foreach (var warning in Replaced(constraint.TopologyKey, $"{path}.topologyKey"))
            yield return warning;
        if (constraint.LabelSelector is null)
            yield return $"{path}.{NoSelector}";
    }

    private static IEnumerable<string> Terms(IReadOnlyList<PodAffinityTerm>? required, IReadOnlyList<WeightedPodAffinityTerm>? preferred, string path) =>
    [
        .. required.At($"{path}.{Required}").Where(t => t.Item.LabelSelector is null).Select(t => $"{t.Path}.{NoSelector}"),
        .. preferred.At($"{path}.{Preferred}").Where(t => t.Item.PodAffinityTerm?.LabelSelector is null).Select(t => $"{t.Path}.podAffinityTerm.{NoSelector}"),
    ];

    private static IEnumerable<string> Replaced(string? label, string path) =>
        label is not null && NodeLabels.Deprecated.TryGetValue(label, out var text) ? [$"{path}: {label} is {text}"] : [];
}
