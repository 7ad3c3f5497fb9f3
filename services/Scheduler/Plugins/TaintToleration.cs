using Platform.Api.Core.V1;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Keeps pods off nodes with taints that they do not tolerate, and prefers nodes with fewer such soft taints.</summary>
internal sealed class TaintToleration : IFilterPlugin, IScorePlugin
{
    private const string PreferNoSchedule = "PreferNoSchedule";

    public string Name => "TaintToleration";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded | ClusterEvents.NodeTaints | ClusterEvents.PodUpdated;

    public int Weight => 3;

    public NodeFilter Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        var tolerations = pod.Spec.Tolerations;
        return node =>
        {
            var taints = node.Taints;
            for (var i = 0; i < taints.Count; i++)
            {
                var taint = taints[i];
                if (taint.Effect != PreferNoSchedule && !Tolerates(tolerations, taint))
                    return new([$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"]);
            }
            return Verdict.Fits;
        };
    }

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        if (!feasible.Any(static node => node.Taints.Any(static taint => taint.Effect == PreferNoSchedule)))
            return null;
        var soft = (pod.Spec.Tolerations ?? []).Where(toleration => string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == PreferNoSchedule).ToArray();
        return node => node.Taints.Count(taint => taint.Effect == PreferNoSchedule && !Tolerates(soft, taint));
    }

    public void Normalize(long[] scores) => Scores.Stretch(scores, reverse: true);

    /// <summary>Whether one of the tolerations covers a taint. An empty key with Exists covers all, an empty effect every effect.</summary>
    public static bool Tolerates(IReadOnlyList<Toleration>? tolerations, Taint taint)
    {
        for (var i = 0; i < (tolerations?.Count ?? 0); i++)
        {
            var toleration = tolerations![i];
            if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect)
                continue;
            if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key)
                continue;
            var exists = toleration.Operator == "Exists";
            if (exists || (!string.IsNullOrEmpty(toleration.Key) && (toleration.Value ?? "") == (taint.Value ?? "")))
                return true;
        }
        return false;
    }
}
