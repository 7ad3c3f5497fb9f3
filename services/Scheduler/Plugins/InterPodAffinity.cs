using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>
/// Places pods near to or away from other pods, by topology domain. The pods that are there have a say too: their required
/// anti-affinity keeps newcomers out. Domains are counted once per pod to be placed, and nodes are then looked up.
/// </summary>
internal sealed class InterPodAffinity : IFilterPlugin, IScorePlugin
{
    /// <summary>What a required affinity of a pod that is there adds to a node's score, as upstream has it.</summary>
    private const int HardAffinityWeight = 1;

    private static readonly Verdict NotNear = new(["node(s) didn't match pod affinity rules"]);
    private static readonly Verdict TooNear = new(["node(s) didn't match pod anti-affinity rules"]);
    private static readonly Verdict KeptOut = new(["node(s) didn't satisfy existing pods anti-affinity rules"]);

    public string Name => "InterPodAffinity";

    public ClusterEvents WokenBy =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeLabels | ClusterEvents.PodAssigned | ClusterEvents.PodRemoved | ClusterEvents.PodUpdated;

    public int Weight => 2;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        if (pod.RequiredAffinity.Length + pod.RequiredAntiAffinity.Length == 0 && snapshot.PodsWithAffinity == 0)
            return null;
        var refused = snapshot.PodsWithAffinity == 0 ? [] : RefusedDomains(pod, snapshot);
        var near = Domains(pod.RequiredAffinity, snapshot, all: true);
        var away = Domains(pod.RequiredAntiAffinity, snapshot, all: false);
        var refusedKeys = refused.Select(static pair => pair.Key).Distinct().ToArray();
        // The first pod of a group that wants to be together has nobody to join; it may go anywhere if it is one of those it asks for.
        var first = near.Count == 0 && pod.RequiredAffinity.Length > 0 && pod.RequiredAffinity.All(term => term.Matches(pod, snapshot.NamespaceLabels));
        return node =>
        {
            if (!Joins(pod, node, near, first))
                return NotNear;
            foreach (var term in pod.RequiredAntiAffinity)
            {
                if (node.Labels.TryGetValue(term.TopologyKey, out var domain) && away.Contains((term.TopologyKey, domain)))
                    return TooNear;
            }
            return Array.Exists(refusedKeys, key => node.Labels.TryGetValue(key, out var domain) && refused.Contains((key, domain))) ? KeptOut : Verdict.Fits;
        };
    }

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var own = pod.PreferredAffinity.Concat(pod.PreferredAntiAffinity).ToArray();
        if (own.Length == 0 && snapshot.PodsWithAffinity == 0)
            return null;
        Dictionary<(string Key, string Domain), long> weights = [];
        foreach (var node in snapshot.Nodes)
        {
            if (own.Length == 0 && node.PodsWithAffinity == 0)
                continue;
            foreach (var other in node.Pods)
            {
                foreach (var term in own)
                    Add(term, other, term.Weight, node);
                foreach (var term in other.PreferredAffinity.Concat(other.PreferredAntiAffinity))
                    Add(term, pod, term.Weight, node);
                foreach (var term in other.RequiredAffinity)
                    Add(term, pod, HardAffinityWeight, node);
            }
        }
        var keys = weights.Keys.Select(static pair => pair.Key).Distinct().ToArray();
        return keys.Length == 0
            ? null
            : node => keys.Sum(key => node.Labels.TryGetValue(key, out var domain) ? weights.GetValueOrDefault((key, domain)) : 0);

        void Add(AffinityTerm term, PodInfo about, int weight, NodeInfo node)
        {
            if (node.Labels.TryGetValue(term.TopologyKey, out var domain) && term.Matches(about, snapshot.NamespaceLabels))
                weights[(term.TopologyKey, domain)] = weights.GetValueOrDefault((term.TopologyKey, domain)) + weight;
        }
    }

    /// <summary>Weights may be negative, so the range as a whole is stretched.</summary>
    public void Normalize(long[] scores)
    {
        if (scores.Length == 0)
            return;
        var (least, most) = (scores.Min(), scores.Max());
        for (var i = 0; i < scores.Length; i++)
            scores[i] = most == least ? 0 : Scores.Max * (scores[i] - least) / (most - least);
    }

    private static bool Joins(PodInfo pod, NodeInfo node, HashSet<(string Key, string Domain)> near, bool first)
    {
        foreach (var term in pod.RequiredAffinity)
        {
            if (!node.Labels.TryGetValue(term.TopologyKey, out var domain) || (!first && !near.Contains((term.TopologyKey, domain))))
                return false;
        }
        return true;
    }

    /// <summary>Domains with a pod that all the terms (for affinity) or any of them (for anti-affinity) are about.</summary>
    private static HashSet<(string Key, string Domain)> Domains(AffinityTerm[] terms, ClusterSnapshot snapshot, bool all)
    {
        HashSet<(string Key, string Domain)> domains = [];
        if (terms.Length == 0)
            return domains;
        foreach (var node in snapshot.Nodes)
        {
            foreach (var other in node.Pods)
            {
                if (all && !Array.TrueForAll(terms, term => term.Matches(other, snapshot.NamespaceLabels)))
                    continue;
                foreach (var term in terms)
                {
                    if (node.Labels.TryGetValue(term.TopologyKey, out var domain) && (all || term.Matches(other, snapshot.NamespaceLabels)))
                        domains.Add((term.TopologyKey, domain));
                }
            }
        }
        return domains;
    }

    private static HashSet<(string Key, string Domain)> RefusedDomains(PodInfo pod, ClusterSnapshot snapshot)
    {
        HashSet<(string Key, string Domain)> refused = [];
        foreach (var node in snapshot.Nodes)
        {
            if (node.PodsWithAffinity == 0)
                continue;
            foreach (var term in node.Pods.SelectMany(other => other.RequiredAntiAffinity))
            {
                if (node.Labels.TryGetValue(term.TopologyKey, out var domain) && term.Matches(pod, snapshot.NamespaceLabels))
                    refused.Add((term.TopologyKey, domain));
            }
        }
        return refused;
    }
}
