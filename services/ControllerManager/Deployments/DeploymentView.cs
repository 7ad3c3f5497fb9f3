using Platform.Api.Apps.V1;

namespace Platform.ControllerManager.Deployments;

/// <summary>What a deployment's plan is made from.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Current">The replica set of its template; null before there is one.</param>
/// <param name="Old">Its other replica sets, the oldest first.</param>
/// <param name="OldPodsRunning">Whether a pod of an old replica set may still run; only asked by Recreate.</param>
/// <param name="Now">Time of the decision.</param>
internal sealed record DeploymentView(Deployment Deployment, ReplicaSet? Current, IReadOnlyList<ReplicaSet> Old, bool OldPodsRunning, DateTimeOffset Now)
{
    public RolloutBounds Bounds { get; } = RolloutBounds.Of(Deployment);

    /// <summary>The current replica set and the old ones.</summary>
    public IReadOnlyList<ReplicaSet> All { get; } = Current is null ? Old : [.. Old, Current];

    /// <summary>Sorts a deployment's replica sets into current and old. Where several have its template the oldest is the current one.</summary>
    public static DeploymentView Of(Deployment deployment, IEnumerable<ReplicaSet> owned, bool oldPodsRunning, DateTimeOffset now)
    {
        ReplicaSet[] byAge = [.. owned.OrderBy(s => s.Metadata.CreationTimestamp).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal)];
        var current = byAge.FirstOrDefault(s => TemplateHash.Same(s.Spec?.Template, deployment.Spec?.Template));
        return new(deployment, current, [.. byAge.Where(s => !ReferenceEquals(s, current))], oldPodsRunning, now);
    }
}

/// <summary>A replica set that changes.</summary>
/// <param name="Before">As it is.</param>
/// <param name="After">As it is to be.</param>
internal sealed record ReplicaSetChange(ReplicaSet Before, ReplicaSet After)
{
    public int From => Size(Before);

    public int To => Size(After);

    public static int Size(ReplicaSet set) => set.Spec?.Replicas ?? 1;

    /// <summary>Sets the size, and notes the deployment's.</summary>
    public static ReplicaSetChange Scale(ReplicaSet set, int size, RolloutBounds bounds) => new(set, set with
    {
        Metadata = set.Metadata with { Annotations = Revisions.WithSize(set.Metadata.Annotations, bounds) },
        Spec = (set.Spec ?? new()) with { Replicas = size },
    });

    /// <summary>Whether anything is different.</summary>
    public bool IsReal => From != To || Before.Spec?.MinReadySeconds != After.Spec?.MinReadySeconds
        || !Revisions.Same(Before.Metadata.Annotations, After.Metadata.Annotations);
}

/// <summary>What one round of reconciling a deployment does, in this order.</summary>
internal sealed record DeploymentPlan
{
    /// <summary>Replica set to create; null when there is one.</summary>
    public ReplicaSet? Create { get; init; }

    /// <summary>Replica sets to rewrite.</summary>
    public IReadOnlyList<ReplicaSetChange> Changes { get; init; } = [];

    /// <summary>Replica sets beyond the history limit.</summary>
    public IReadOnlyList<ReplicaSet> Delete { get; init; } = [];

    /// <summary>Revision to note on the deployment; null when there is none yet.</summary>
    public string? Revision { get; init; }

    /// <summary>Status to report.</summary>
    public required DeploymentStatus Status { get; init; }

    /// <summary>When the progress deadline passes; null when none is running.</summary>
    public TimeSpan? CheckAfter { get; init; }
}
