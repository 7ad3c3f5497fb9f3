using Platform.Api.Core.V1;

namespace Platform.ControllerManager.TaintEviction;

/// <summary>When a pod has to leave its node because of taints with the effect NoExecute.</summary>
internal static class EvictionPlan
{
    /// <param name="pod">The pod.</param>
    /// <param name="taints">Taints of its node.</param>
    /// <param name="since">When a taint began to concern the pod.</param>
    /// <returns>Time of its eviction; null where it may stay.</returns>
    public static DateTimeOffset? EvictAt(Pod pod, IEnumerable<Taint> taints, Func<Taint, DateTimeOffset> since)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in taints.Where(t => t.Effect == "NoExecute"))
        {
            var tolerations = (pod.Spec?.Tolerations ?? []).Where(t => Tolerates(t, taint)).ToList();
            DateTimeOffset? at;
            if (tolerations.Count == 0)
                at = since(taint);
            else if (tolerations.All(t => t.TolerationSeconds is null))
                at = null;
            else
                at = since(taint) + TimeSpan.FromSeconds(Math.Max(0, tolerations.Min(t => t.TolerationSeconds ?? long.MaxValue)));
            if (at is not null && (earliest is null || at < earliest))
                earliest = at;
        }
        return earliest;
    }

    public static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect)
            return false;
        if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key)
            return false;
        return toleration.Operator == "Exists" || !string.IsNullOrEmpty(toleration.Key) && (toleration.Value ?? "") == (taint.Value ?? "");
    }
}
