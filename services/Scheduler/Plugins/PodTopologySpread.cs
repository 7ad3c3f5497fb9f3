using Platform.Api.Core.V1;
using Platform.Api.Selectors;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>
/// Keeps the pods that a constraint selects spread over topology domains: the number in any domain may exceed the smallest one by maxSkew.
/// Hard constraints rule nodes out, soft ones score.
/// </summary>
internal sealed class PodTopologySpread : IFilterPlugin, IScorePlugin
{
    private static readonly Verdict Skewed = new(["node(s) didn't match pod topology spread constraints"]);
    private static readonly Verdict NoLabel = new(["node(s) didn't match pod topology spread constraints (missing required label)"]);

    public string Name => "PodTopologySpread";

    public ClusterEvents WokenBy =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeLabels | ClusterEvents.NodeTaints | ClusterEvents.PodAssigned | ClusterEvents.PodRemoved | ClusterEvents.PodUpdated;

    public int Weight => 2;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        var hard = Constraints(pod, "DoNotSchedule");
        if (hard.Length == 0)
            return null;
        var counts = Array.ConvertAll(hard, constraint => Count(constraint, pod, snapshot.Nodes, hard));
        return node =>
        {
            for (var i = 0; i < hard.Length; i++)
            {
                if (!node.Labels.TryGetValue(hard[i].TopologyKey!, out var domain))
                    return NoLabel;
                var least = counts[i].Count < (hard[i].MinDomains ?? 1) ? 0 : counts[i].Values.Min();
                var self = Selects(hard[i], pod, pod) ? 1 : 0;
                if (counts[i].GetValueOrDefault(domain) + self - least > (hard[i].MaxSkew ?? 1))
                    return Skewed;
            }
            return Verdict.Fits;
        };
    }

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var soft = Constraints(pod, "ScheduleAnyway");
        if (soft.Length == 0)
            return null;
        var counts = Array.ConvertAll(soft, constraint => Count(constraint, pod, snapshot.Nodes, soft));
        return node =>
        {
            double score = 0;
            for (var i = 0; i < soft.Length; i++)
            {
                // A node outside all domains comes last; a domain weighs the more the more of them there are.
                score += node.Labels.TryGetValue(soft[i].TopologyKey!, out var domain)
                    ? (counts[i].GetValueOrDefault(domain) * Math.Log(counts[i].Count + 2)) + (soft[i].MaxSkew ?? 1) - 1
                    : int.MaxValue;
            }
            return (long)Math.Round(score);
        };
    }

    public void Normalize(long[] scores)
    {
        var counted = scores.Where(static score => score < int.MaxValue).ToArray();
        var (least, most) = counted.Length == 0 ? (0, 0) : (counted.Min(), counted.Max());
        for (var i = 0; i < scores.Length; i++)
            scores[i] = scores[i] >= int.MaxValue ? 0 : most == 0 ? Scores.Max : Scores.Max * (most + least - scores[i]) / most;
    }

    private static TopologySpreadConstraint[] Constraints(PodInfo pod, string whenUnsatisfiable) =>
        [.. (pod.Spec.TopologySpreadConstraints ?? []).Where(constraint => (constraint.WhenUnsatisfiable ?? "DoNotSchedule") == whenUnsatisfiable)];

    /// <summary>How many selected pods are in each domain; nodes that the pod's own rules exclude make no domain.</summary>
    private static Dictionary<string, int> Count(TopologySpreadConstraint constraint, PodInfo pod, NodeInfo[] nodes, TopologySpreadConstraint[] all)
    {
        var required = constraint.NodeAffinityPolicy == "Ignore" ? null : NodeAffinity.Required(pod.Spec);
        var honourTaints = constraint.NodeTaintsPolicy == "Honor";
        var selector = SelectorOf(constraint, pod);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (!node.Labels.TryGetValue(constraint.TopologyKey!, out var domain) || required?.Invoke(node) == false)
                continue;
            if (!all.All(other => node.Labels.ContainsKey(other.TopologyKey!)) || (honourTaints && !ToleratesAll(pod, node)))
                continue;
            var here = node.Pods.Count(other => other.Key.Namespace == pod.Key.Namespace
                && other.Pod.Metadata.DeletionTimestamp is null && selector.Matches(other.Pod.Metadata.Labels));
            counts[domain] = counts.GetValueOrDefault(domain) + here;
        }
        return counts;
    }

    private static bool ToleratesAll(PodInfo pod, NodeInfo node) =>
        node.Taints.All(taint => taint.Effect == "PreferNoSchedule" || TaintToleration.Tolerates(pod.Spec.Tolerations, taint));

    private static bool Selects(TopologySpreadConstraint constraint, PodInfo pod, PodInfo candidate) =>
        SelectorOf(constraint, pod).Matches(candidate.Pod.Metadata.Labels);

    private static Selector SelectorOf(TopologySpreadConstraint constraint, PodInfo pod)
    {
        var selector = constraint.LabelSelector;
        if (constraint.MatchLabelKeys is not { Count: > 0 } keys || selector is null)
            return Selector.From(selector);
        var labels = new Dictionary<string, string>(selector.MatchLabels ?? new Dictionary<string, string>());
        foreach (var key in keys)
        {
            if (pod.Pod.Metadata.Labels?.TryGetValue(key, out var value) == true)
                labels[key] = value;
        }
        return Selector.From(selector with { MatchLabels = labels });
    }
}
