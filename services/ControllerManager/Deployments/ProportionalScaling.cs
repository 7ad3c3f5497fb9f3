using Platform.Api.Apps.V1;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// Scaling outside a rollout step: a deployment that is paused, or whose size changed in the middle of a rollout. With one replica set
/// that has pods it takes the whole size. With several, each grows or shrinks in proportion to its share, so that the risk of a
/// rollout that stands still stays spread as it was; what rounding leaves over goes to the largest.
/// </summary>
internal static class ProportionalScaling
{
    /// <summary>Whether the deployment's size differs from what its replica sets were last scaled for.</summary>
    public static bool IsNeeded(DeploymentView view) => view.All.Any(s =>
        ReplicaSetChange.Size(s) > 0 && Revisions.Number(s, Revisions.DesiredReplicas) is { } desired && desired != view.Bounds.Replicas);

    public static IReadOnlyList<ReplicaSetChange> Compute(DeploymentView view)
    {
        ReplicaSet[] active = [.. view.All.Where(s => ReplicaSetChange.Size(s) > 0)];
        if (active.Length <= 1)
        {
            var only = active.Length == 1 ? active[0] : view.Current ?? view.Old.LastOrDefault();
            return only is null || ReplicaSetChange.Size(only) == view.Bounds.Replicas
                ? [.. active.Select(s => ReplicaSetChange.Scale(s, ReplicaSetChange.Size(s), view.Bounds)).Where(c => c.IsReal)]
                : [ReplicaSetChange.Scale(only, view.Bounds.Replicas, view.Bounds)];
        }
        if (IsSaturated(view))
            return [.. active.Where(s => !ReferenceEquals(s, view.Current)).Select(s => ReplicaSetChange.Scale(s, 0, view.Bounds))];
        return view.Deployment.Spec?.Strategy?.Type == "Recreate" ? [] : Spread(view, active);
    }

    private static bool IsSaturated(DeploymentView view) =>
        view.Current is { } current
        && Revisions.Number(current, Revisions.DesiredReplicas) == view.Bounds.Replicas
        && ReplicaSetChange.Size(current) == view.Bounds.Replicas
        && current.Status?.AvailableReplicas == view.Bounds.Replicas;

    private static IReadOnlyList<ReplicaSetChange> Spread(DeploymentView view, ReplicaSet[] active)
    {
        var allowed = view.Bounds.Replicas > 0 ? view.Bounds.MaxTotal : 0;
        var toAdd = allowed - active.Sum(ReplicaSetChange.Size);
        // Growth prefers the newer of two equal sets, shrinking the older.
        ReplicaSet[] order = toAdd > 0
            ? [.. active.OrderByDescending(ReplicaSetChange.Size).ThenByDescending(s => s.Metadata.CreationTimestamp)]
            : [.. active.OrderByDescending(ReplicaSetChange.Size).ThenBy(s => s.Metadata.CreationTimestamp)];
        var added = 0;
        var sizes = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var share = Share(order[i], view, toAdd, added);
            sizes[i] = ReplicaSetChange.Size(order[i]) + share;
            added += share;
        }
        sizes[0] = Math.Max(0, sizes[0] + toAdd - added);
        return [.. order.Select((set, i) => ReplicaSetChange.Scale(set, sizes[i], view.Bounds)).Where(c => c.IsReal)];
    }

    private static int Share(ReplicaSet set, DeploymentView view, int toAdd, int added)
    {
        if (toAdd == 0 || toAdd == added)
            return 0;
        var fraction = Fraction(set, view);
        return toAdd > 0 ? Math.Min(fraction, toAdd - added) : Math.Max(fraction, toAdd - added);
    }

    private static int Fraction(ReplicaSet set, DeploymentView view)
    {
        var size = ReplicaSetChange.Size(set);
        if (view.Bounds.Replicas == 0)
            return -size;
        var before = Revisions.Number(set, Revisions.MaxReplicas) ?? view.Deployment.Status?.Replicas ?? 0;
        if (before == 0)
            return 0;
        return (int)Math.Round((double)size * view.Bounds.MaxTotal / before, MidpointRounding.AwayFromZero) - size;
    }
}
