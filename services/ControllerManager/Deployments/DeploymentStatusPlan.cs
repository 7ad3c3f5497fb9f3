using Platform.Api.Apps.V1;
using Platform.ControllerManager.ReplicaSets;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// What a deployment reports: counters summed over its replica sets, Available, Progressing with the progress deadline, and the failure
/// of a replica set. <c>kubectl rollout status</c> and <c>kubectl wait</c> decide by these, so reasons and messages are upstream's.
/// </summary>
internal static class DeploymentStatusPlan
{
    public const string Progressing = "Progressing";
    public const string Available = "Available";
    public const string NewReplicaSetAvailable = "NewReplicaSetAvailable";
    public const string ProgressDeadlineExceeded = "ProgressDeadlineExceeded";

    /// <summary>Counters and availability, without a judgement of progress except that pausing and resuming are noted.</summary>
    public static DeploymentStatus Counters(DeploymentView view)
    {
        var before = view.Deployment.Status;
        var total = view.All.Sum(s => s.Status?.Replicas ?? 0);
        var available = view.All.Sum(s => s.Status?.AvailableReplicas ?? 0);
        var conditions = DeploymentConditions.From(before?.Conditions);
        conditions = available >= view.Bounds.MinAvailable
            ? conditions.Set(Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", view.Now)
            : conditions.Set(Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", view.Now);
        return new()
        {
            ObservedGeneration = view.Deployment.Metadata.Generation,
            Replicas = NullIfZero(total),
            UpdatedReplicas = NullIfZero(view.Current?.Status?.Replicas ?? 0),
            ReadyReplicas = NullIfZero(view.All.Sum(s => s.Status?.ReadyReplicas ?? 0)),
            AvailableReplicas = NullIfZero(available),
            UnavailableReplicas = NullIfZero(Math.Max(0, total - available)),
            CollisionCount = before?.CollisionCount,
            Conditions = Pausing(view, conditions).List,
        };
    }

    /// <summary>The status while the replica set of a new template is being created.</summary>
    public static DeploymentStatus Created(DeploymentView view, string name)
    {
        var status = Counters(view);
        return HasDeadline(view.Deployment)
            ? status with { Conditions = DeploymentConditions.From(status.Conditions).Set(Progressing, "True", "NewReplicaSetCreated",
                $"Created new replica set \"{name}\"", view.Now).List }
            : status;
    }

    /// <summary>The status where the replica set of a new template could not be created.</summary>
    public static DeploymentStatus CreateFailed(DeploymentView view, string message)
    {
        var status = Counters(view);
        return HasDeadline(view.Deployment)
            ? status with { Conditions = DeploymentConditions.From(status.Conditions).Set(Progressing, "False", "ReplicaSetCreateError", message, view.Now).List }
            : status;
    }

    /// <summary>The status with a judgement of the rollout's progress.</summary>
    public static DeploymentStatus Rollout(DeploymentView view)
    {
        var status = Counters(view);
        var conditions = DeploymentConditions.From(status.Conditions);
        conditions = HasDeadline(view.Deployment) ? Judge(view, status, conditions) : conditions.Without(Progressing);
        var failure = Failure(view);
        conditions = failure is null
            ? conditions.Without(ReplicaSetStatusPlan.FailureCondition)
            : conditions.Set(failure.Type!, failure.Status!, failure.Reason!, failure.Message!, failure.LastTransitionTime ?? view.Now);
        return status with { Conditions = conditions.List };
    }

    /// <summary>All replicas are of the current template and available, and nothing else is left.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var wanted = RolloutBounds.Wanted(deployment);
        return (status.UpdatedReplicas ?? 0) == wanted && (status.Replicas ?? 0) == wanted && (status.AvailableReplicas ?? 0) == wanted
            && (status.ObservedGeneration ?? 0) >= (deployment.Metadata.Generation ?? 0);
    }

    /// <summary>How long the rollout still has to make progress; null when it is done, has failed already or has no deadline.</summary>
    public static TimeSpan? UntilDeadline(DeploymentView view, DeploymentStatus status)
    {
        var condition = DeploymentConditions.From(status.Conditions).Find(Progressing);
        if (!HasDeadline(view.Deployment) || condition is null || IsComplete(view.Deployment, status) || condition.Reason == ProgressDeadlineExceeded)
            return null;
        var wait = Deadline(view, condition) - view.Now;
        // A second later than the deadline, because times on the wire have whole seconds.
        return (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimeSpan.FromSeconds(1);
    }

    private static DeploymentConditions Judge(DeploymentView view, DeploymentStatus status, DeploymentConditions conditions)
    {
        var known = conditions.Find(Progressing);
        // Once complete a rollout stays so: pods that fail later are no failed rollout.
        if (known?.Reason == NewReplicaSetAvailable && status.Replicas == status.UpdatedReplicas)
            return conditions;
        var subject = view.Current is { } current ? $"ReplicaSet \"{current.Metadata.Name}\"" : $"Deployment \"{view.Deployment.Metadata.Name}\"";
        if (IsComplete(view.Deployment, status))
            return conditions.Set(Progressing, "True", NewReplicaSetAvailable, $"{subject} has successfully progressed.", view.Now);
        if (HasProgressed(view.Deployment.Status, status))
            return conditions.Renew(Progressing, "True", "ReplicaSetUpdated", $"{subject} is progressing.", view.Now);
        if (known is null)
            return conditions.Set(Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{view.Current?.Metadata.Name}\"", view.Now);
        if (known.Reason is not (NewReplicaSetAvailable or ProgressDeadlineExceeded) && Deadline(view, known) < view.Now)
            return conditions.Set(Progressing, "False", ProgressDeadlineExceeded, $"{subject} has timed out progressing.", view.Now);
        return conditions;
    }

    private static DeploymentConditions Pausing(DeploymentView view, DeploymentConditions conditions)
    {
        var known = conditions.Find(Progressing);
        if (!HasDeadline(view.Deployment) || known?.Reason == ProgressDeadlineExceeded)
            return conditions;
        var paused = view.Deployment.Spec?.Paused == true;
        if (paused && known?.Reason != "DeploymentPaused")
            return conditions.Set(Progressing, "Unknown", "DeploymentPaused", "Deployment is paused", view.Now);
        return !paused && known?.Reason == "DeploymentPaused"
            ? conditions.Set(Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed", view.Now)
            : conditions;
    }

    private static bool HasProgressed(DeploymentStatus? before, DeploymentStatus now) =>
        (now.UpdatedReplicas ?? 0) > (before?.UpdatedReplicas ?? 0)
        || (now.Replicas ?? 0) - (now.UpdatedReplicas ?? 0) < (before?.Replicas ?? 0) - (before?.UpdatedReplicas ?? 0)
        || (now.ReadyReplicas ?? 0) > (before?.ReadyReplicas ?? 0)
        || (now.AvailableReplicas ?? 0) > (before?.AvailableReplicas ?? 0);

    private static bool HasDeadline(Deployment deployment) => deployment.Spec?.ProgressDeadlineSeconds is { } seconds && seconds != int.MaxValue;

    private static DateTimeOffset Deadline(DeploymentView view, DeploymentCondition condition) =>
        (condition.LastUpdateTime ?? view.Now) + TimeSpan.FromSeconds(view.Deployment.Spec!.ProgressDeadlineSeconds!.Value);

    private static ReplicaSetCondition? Failure(DeploymentView view)
    {
        var ordered = view.Current is null ? view.Old : view.Old.Prepend(view.Current);
        return ordered.Select(s => s.Status?.Conditions?.FirstOrDefault(c => c.Type == ReplicaSetStatusPlan.FailureCondition)).FirstOrDefault(c => c is not null);
    }

    private static int? NullIfZero(int count) => count == 0 ? null : count;
}

/// <summary>An immutable list of conditions, at most one of each type.</summary>
internal readonly record struct DeploymentConditions(IReadOnlyList<DeploymentCondition>? List)
{
    public static DeploymentConditions From(IReadOnlyList<DeploymentCondition>? list) => new(list);

    public DeploymentCondition? Find(string type) => List?.FirstOrDefault(c => c.Type == type);

    public DeploymentConditions Without(string type) => Find(type) is null ? this : new([.. List!.Where(c => c.Type != type)]);

    /// <summary>Nothing changes where status and reason are the same already.</summary>
    public DeploymentConditions Set(string type, string status, string reason, string message, DateTimeOffset now) =>
        Find(type) is { } known && known.Status == status && known.Reason == reason ? this : Renew(type, status, reason, message, now);

    /// <summary>Like <see cref="Set"/>, but the update time moves in any case.</summary>
    public DeploymentConditions Renew(string type, string status, string reason, string message, DateTimeOffset now)
    {
        var known = Find(type);
        var condition = new DeploymentCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastUpdateTime = now,
            LastTransitionTime = known?.Status == status ? known.LastTransitionTime : now,
        };
        return new([.. (List ?? []).Where(c => c.Type != type), condition]);
    }
}
