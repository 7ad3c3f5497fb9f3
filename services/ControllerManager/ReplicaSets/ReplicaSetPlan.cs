using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.ReplicaSets;

/// <summary>How a replica set gets from the active pods that it has to the number that its spec asks for.</summary>
/// <param name="Create">Number of pods to create.</param>
/// <param name="Delete">Pods to delete.</param>
internal sealed record ReplicaSetPlan(int Create, IReadOnlyList<Pod> Delete)
{
    /// <summary>Pods that one round creates or deletes at most, so that one replica set cannot keep a worker for minutes.</summary>
    public const int Burst = 500;

    public static readonly ReplicaSetPlan Nothing = new(0, []);

    /// <param name="set">The replica set.</param>
    /// <param name="owned">Its pods that are active.</param>
    /// <param name="related">Pods of its siblings under the same owner and its own.</param>
    /// <param name="cacheIsCurrent">Whether everything done before is visible in <paramref name="owned"/>.</param>
    /// <param name="now">Time of the decision.</param>
    public static ReplicaSetPlan Compute(ReplicaSet set, IReadOnlyList<Pod> owned, IEnumerable<Pod> related, bool cacheIsCurrent, DateTimeOffset now)
    {
        if (!cacheIsCurrent || set.Metadata.DeletionTimestamp is not null)
            return Nothing;
        var missing = (set.Spec?.Replicas ?? 1) - owned.Count;
        return missing >= 0
            ? new(Math.Min(missing, Burst), [])
            : new(0, DeletionRanking.Choose(owned, related, Math.Min(-missing, Burst), now));
    }

    /// <summary>
    /// Sizes of the batches in which pods are created: 1, 2, 4 and so on. Where the first fails for a reason that all share, such as a
    /// quota, the server is spared the rest.
    /// </summary>
    public static IEnumerable<int> SlowStart(int count)
    {
        for (var size = 1; count > 0; size *= 2)
        {
            var batch = Math.Min(size, count);
            yield return batch;
            count -= batch;
        }
    }
}

/// <summary>Why a replica set could not create or delete a pod.</summary>
/// <param name="Reason"><c>FailedCreate</c> or <c>FailedDelete</c>.</param>
/// <param name="Message">What the server said.</param>
internal sealed record ReplicaFailure(string Reason, string Message);

/// <summary>The status that a replica set reports.</summary>
internal static class ReplicaSetStatusPlan
{
    public const string FailureCondition = "ReplicaFailure";

    public static ReplicaSetStatus Compute(ReplicaSet set, IReadOnlyList<Pod> owned, ReplicaFailure? failure, DateTimeOffset now)
    {
        var minReady = set.Spec?.MinReadySeconds ?? 0;
        var labels = set.Spec?.Template?.Metadata?.Labels ?? new Dictionary<string, string>();
        var fullyLabeled = owned.Count(p => labels.All(l => p.Metadata.Labels is { } own && own.TryGetValue(l.Key, out var v) && v == l.Value));
        return new()
        {
            Replicas = owned.Count,
            FullyLabeledReplicas = NullIfZero(fullyLabeled),
            ReadyReplicas = NullIfZero(owned.Count(PodStates.IsReady)),
            AvailableReplicas = NullIfZero(owned.Count(p => PodStates.IsAvailable(p, minReady, now))),
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set.Status?.Conditions, failure, now),
        };
    }

    /// <summary>When the next ready pod has been ready long enough; null when none is waiting for that.</summary>
    public static TimeSpan? NextAvailability(ReplicaSet set, IEnumerable<Pod> owned, DateTimeOffset now)
    {
        var minReady = set.Spec?.MinReadySeconds ?? 0;
        TimeSpan? next = null;
        foreach (var pod in owned)
        {
            if (PodStates.UntilAvailable(pod, minReady, now) is { } wait && wait > TimeSpan.Zero && (next is null || wait < next))
                next = wait;
        }
        return next;
    }

    private static IReadOnlyList<ReplicaSetCondition>? Conditions(IReadOnlyList<ReplicaSetCondition>? before, ReplicaFailure? failure, DateTimeOffset now)
    {
        var others = (before ?? []).Where(c => c.Type != FailureCondition);
        if (failure is not null)
        {
            var known = before?.FirstOrDefault(c => c.Type == FailureCondition);
            // The first failure stays until one round succeeds, so that a repeated one does not rewrite the status.
            return [.. others, known ?? new() { Type = FailureCondition, Status = "True", Reason = failure.Reason, Message = failure.Message, LastTransitionTime = now }];
        }
        ReplicaSetCondition[] left = [.. others];
        return left.Length == 0 ? null : left;
    }

    // Upstream leaves zero counters out.
    private static int? NullIfZero(int count) => count == 0 ? null : count;
}
