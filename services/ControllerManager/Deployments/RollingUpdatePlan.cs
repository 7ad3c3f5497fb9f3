using Platform.Api.Apps.V1;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// One step of a rolling update: first the new replica set grows as far as the surge allows; when it cannot, old pods go, those that
/// are not available first since nobody misses them, then available ones down to the floor. The caches may trail, but sizes are
/// written against the version they were computed from, so a step based on old sizes conflicts and is computed again.
/// </summary>
internal static class RollingUpdatePlan
{
    public static IReadOnlyList<ReplicaSetChange> Compute(DeploymentView view)
    {
        var current = view.Current!;
        var size = CurrentSize(view, current);
        if (size != ReplicaSetChange.Size(current))
            return [ReplicaSetChange.Scale(current, size, view.Bounds)];
        return ScaleDownOld(view, current);
    }

    /// <summary>The size that the new replica set may have now.</summary>
    public static int CurrentSize(DeploymentView view, ReplicaSet current)
    {
        var bounds = view.Bounds;
        var size = ReplicaSetChange.Size(current);
        if (size >= bounds.Replicas)
            return bounds.Replicas;
        // An old set that was shrunk still has its pods until its own controller has deleted them. Upstream counts sizes alone, and so
        // exceeds the surge for a moment.
        var old = view.Old.Sum(s => Math.Max(ReplicaSetChange.Size(s), s.Status?.Replicas ?? 0));
        var room = bounds.MaxTotal - old - size;
        return room <= 0 ? size : size + Math.Min(room, bounds.Replicas - size);
    }

    private static IReadOnlyList<ReplicaSetChange> ScaleDownOld(DeploymentView view, ReplicaSet current)
    {
        var bounds = view.Bounds;
        ReplicaSet[] old = [.. view.Old.Where(s => ReplicaSetChange.Size(s) > 0)];
        if (old.Length == 0)
            return [];
        var sizes = old.Select(ReplicaSetChange.Size).ToArray();
        var currentUnavailable = ReplicaSetChange.Size(current) - Available(current);
        // New pods that are not available yet may never become so: they do not count for the floor.
        var removable = sizes.Sum() + ReplicaSetChange.Size(current) - bounds.MinAvailable - currentUnavailable;
        if (removable <= 0)
            return [];
        RemoveUnavailable(old, sizes, removable);
        RemoveAvailable(old, sizes, old.Sum(Available) + Available(current) - bounds.MinAvailable);
        return [.. old.Select((set, i) => ReplicaSetChange.Scale(set, sizes[i], bounds)).Where(c => c.From != c.To)];
    }

    private static void RemoveUnavailable(ReplicaSet[] old, int[] sizes, int removable)
    {
        for (var i = 0; i < old.Length && removable > 0; i++)
        {
            var remove = Math.Min(removable, sizes[i] - Available(old[i]));
            if (remove <= 0)
                continue;
            sizes[i] -= remove;
            removable -= remove;
        }
    }

    private static void RemoveAvailable(ReplicaSet[] old, int[] sizes, int removable)
    {
        for (var i = 0; i < old.Length && removable > 0; i++)
        {
            var remove = Math.Min(sizes[i], removable);
            sizes[i] -= remove;
            removable -= remove;
        }
    }

    /// <summary>
    /// Available pods that the set keeps. Its status may be from before it was shrunk: then it counts pods that are already doomed, and
    /// taking it at its word would go below the floor.
    /// </summary>
    private static int Available(ReplicaSet set) => Math.Min(set.Status?.AvailableReplicas ?? 0, ReplicaSetChange.Size(set));
}
