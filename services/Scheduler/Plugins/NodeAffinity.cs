using Platform.Api.Core.V1;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Node selector and node affinity: required terms rule nodes out, preferred ones score.</summary>
internal sealed class NodeAffinity : IFilterPlugin, IScorePlugin
{
    private static readonly Verdict NoMatch = new(["node(s) didn't match Pod's node affinity/selector"]);

    public string Name => "NodeAffinity";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded | ClusterEvents.NodeLabels | ClusterEvents.PodUpdated;

    public int Weight => 2;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot) =>
        Required(pod.Spec) is { } required ? node => required(node) ? Verdict.Fits : NoMatch : null;

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var preferred = pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution;
        if (preferred is not { Count: > 0 })
            return null;
        var terms = preferred.Select(term => (Matches: NodeTerms.Compile(term.Preference), Weight: (long)(term.Weight ?? 0))).ToArray();
        return node => terms.Sum(term => term.Matches(node) ? term.Weight : 0);
    }

    public void Normalize(long[] scores) => Scores.Stretch(scores, reverse: false);

    /// <summary>What a pod's selector and required affinity demand of a node; null where nothing.</summary>
    public static Func<NodeInfo, bool>? Required(PodSpec spec)
    {
        var selector = spec.NodeSelector;
        var terms = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms;
        if (selector is not { Count: > 0 } && terms is null)
            return null;
        var alternatives = terms?.Select(NodeTerms.Compile).ToArray();
        return node =>
        {
            foreach (var (key, value) in selector ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty)
            {
                if (!node.Labels.TryGetValue(key, out var actual) || actual != value)
                    return false;
            }
            return alternatives is null || Array.Exists(alternatives, matches => matches(node));
        };
    }
}
