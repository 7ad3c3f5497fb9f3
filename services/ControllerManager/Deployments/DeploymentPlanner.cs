using System.Globalization;
using Platform.Api.Apps.V1;
using Platform.Client;

namespace Platform.ControllerManager.Deployments;

/// <summary>Decides what a deployment does next: scale, take a step of its rollout, clean up, and what it reports.</summary>
internal static class DeploymentPlanner
{
    public static DeploymentPlan Compute(DeploymentView view)
    {
        var deployment = view.Deployment;
        if (deployment.Metadata.DeletionTimestamp is not null)
            return new() { Status = DeploymentStatusPlan.Counters(view) };
        if (deployment.Spec?.Paused == true || ProportionalScaling.IsNeeded(view))
            return OutsideRollout(view);

        var bounds = view.Bounds;
        if (view.Current is null)
        {
            if (deployment.Spec?.Strategy?.Type == "Recreate" && StopOld(view) is { } stopping)
                return stopping;
            return CreateCurrent(view);
        }
        var renewed = Renew(view, view.Current);
        IReadOnlyList<ReplicaSetChange> changes;
        if (renewed.IsReal)
            changes = [renewed];
        else if (deployment.Spec?.Strategy?.Type == "Recreate")
            changes = RecreateStep(view);
        else
            changes = RollingUpdatePlan.Compute(view);
        return Finish(view, changes);
    }

    /// <summary>Paused, or being scaled: sizes change, templates do not.</summary>
    private static DeploymentPlan OutsideRollout(DeploymentView view)
    {
        var paused = view.Deployment.Spec?.Paused == true;
        if (view.Current is { } current && Renew(view, current) is { IsReal: true } renewed)
            return new() { Changes = [renewed], Status = DeploymentStatusPlan.Counters(view), Revision = RevisionOf(renewed.After) };
        return new()
        {
            Changes = ProportionalScaling.Compute(view),
            Delete = paused ? HistoryCleanup.Compute(view) : [],
            Status = DeploymentStatusPlan.Counters(view),
            Revision = view.Current is { } set ? RevisionOf(set) : null,
        };
    }

    private static DeploymentPlan Finish(DeploymentView view, IReadOnlyList<ReplicaSetChange> changes)
    {
        var status = DeploymentStatusPlan.Rollout(view);
        var current = changes.FirstOrDefault(c => ReferenceEquals(c.Before, view.Current))?.After ?? view.Current!;
        return new()
        {
            Changes = changes,
            Delete = changes.Count == 0 && DeploymentStatusPlan.IsComplete(view.Deployment, status) ? HistoryCleanup.Compute(view) : [],
            Revision = RevisionOf(current),
            Status = status,
            CheckAfter = DeploymentStatusPlan.UntilDeadline(view, status),
        };
    }

    /// <summary>Recreate, before there is a new replica set: all old pods go first. Null when they are gone.</summary>
    private static DeploymentPlan? StopOld(DeploymentView view)
    {
        var stop = Stop(view);
        if (stop.Count == 0 && !view.OldPodsRunning)
            return null;
        var status = DeploymentStatusPlan.Rollout(view);
        return new() { Changes = stop, Status = status, CheckAfter = DeploymentStatusPlan.UntilDeadline(view, status) };
    }

    private static IReadOnlyList<ReplicaSetChange> RecreateStep(DeploymentView view)
    {
        var stop = Stop(view);
        if (stop.Count > 0 || view.OldPodsRunning)
            return stop;
        return ReplicaSetChange.Size(view.Current!) == view.Bounds.Replicas ? [] : [ReplicaSetChange.Scale(view.Current!, view.Bounds.Replicas, view.Bounds)];
    }

    private static IReadOnlyList<ReplicaSetChange> Stop(DeploymentView view) =>
        [.. view.Old.Where(s => ReplicaSetChange.Size(s) > 0).Select(s => ReplicaSetChange.Scale(s, 0, view.Bounds))];

    /// <summary>The current replica set with the annotations and the readiness time of the deployment.</summary>
    private static ReplicaSetChange Renew(DeploymentView view, ReplicaSet current) => new(current, current with
    {
        Metadata = current.Metadata with { Annotations = Revisions.ForCurrent(view.Deployment, current, NextRevision(view)) },
        Spec = current.Spec! with
        {
            MinReadySeconds = (view.Deployment.Spec?.MinReadySeconds ?? 0) == (current.Spec?.MinReadySeconds ?? 0)
                ? current.Spec?.MinReadySeconds
                : view.Deployment.Spec?.MinReadySeconds ?? 0,
        },
    });

    private static DeploymentPlan CreateCurrent(DeploymentView view)
    {
        var deployment = view.Deployment;
        var hash = TemplateHash.Compute(deployment.Spec!.Template!, deployment.Status?.CollisionCount ?? 0);
        var template = TemplateHash.With(deployment.Spec.Template!, hash);
        var selector = deployment.Spec.Selector! with { MatchLabels = TemplateHash.With(deployment.Spec.Selector.MatchLabels, hash) };
        var empty = new ReplicaSet
        {
            ApiVersion = "apps/v1",
            Kind = "ReplicaSet",
            Metadata = new()
            {
                Name = deployment.Metadata.Name + "-" + hash,
                Namespace = deployment.Metadata.Namespace,
                Labels = template.Metadata!.Labels,
                OwnerReferences = [OwnerReferences.Controller(deployment)],
            },
            Spec = new() { Replicas = 0, MinReadySeconds = deployment.Spec.MinReadySeconds, Selector = selector, Template = template },
        };
        var size = deployment.Spec.Strategy?.Type == "Recreate" ? view.Bounds.Replicas : RollingUpdatePlan.CurrentSize(view, empty);
        var annotations = Revisions.WithSize(Revisions.ForCurrent(deployment, empty, NextRevision(view)), view.Bounds);
        var create = empty with { Metadata = empty.Metadata with { Annotations = annotations }, Spec = empty.Spec with { Replicas = size } };
        var status = DeploymentStatusPlan.Created(view, create.Metadata.Name!);
        return new() { Create = create, Revision = RevisionOf(create), Status = status, CheckAfter = DeploymentStatusPlan.UntilDeadline(view, status) };
    }

    private static long NextRevision(DeploymentView view) => view.Old.Select(Revisions.Of).DefaultIfEmpty(0).Max() + 1;

    private static string? RevisionOf(ReplicaSet set) => Revisions.Of(set) is > 0 and var revision ? revision.ToString(CultureInfo.InvariantCulture) : null;
}

/// <summary>Old replica sets beyond the history limit: those of the lowest revisions, and only once nothing is left of them.</summary>
internal static class HistoryCleanup
{
    public static IReadOnlyList<ReplicaSet> Compute(DeploymentView view)
    {
        if (view.Deployment.Spec?.RevisionHistoryLimit is not { } limit || limit == int.MaxValue)
            return [];
        ReplicaSet[] old = [.. view.Old.Where(s => s.Metadata.DeletionTimestamp is null)];
        return [.. old.OrderBy(Revisions.Of).Take(Math.Max(0, old.Length - limit)).Where(IsSpent)];
    }

    private static bool IsSpent(ReplicaSet set) =>
        ReplicaSetChange.Size(set) == 0 && (set.Status?.Replicas ?? 0) == 0 && (set.Metadata.Generation ?? 0) <= (set.Status?.ObservedGeneration ?? 0);
}
