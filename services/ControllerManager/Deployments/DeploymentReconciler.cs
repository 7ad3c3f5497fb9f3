using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Selectors;
using Platform.Client;
using Platform.ControllerManager.Ownership;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// Keeps a deployment's replica sets as its strategy wants them. It acts only on replica sets; their pods are the replica set
/// controller's matter. Every replica set is written against the version that the plan saw, so that two steps computed from the same
/// stale cache cannot both happen.
/// </summary>
internal sealed class DeploymentReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, TimeProvider clock) : IReconciler
{
    private readonly IInformer<Deployment> _deployments = informers.For<Deployment>();
    private readonly IInformer<ReplicaSet> _sets = informers.For<ReplicaSet>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();

    public string Name => "deployment-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        _pods.AddIndex(Indexes.Controller, Indexes.ByController);
        triggers.On(_deployments);
        triggers.On(_sets, e => e.Old is null || e.New is null ? Concerned(e.Object) : Concerned(e.Old).Union(Concerned(e.New)));
        // Recreate waits for the last old pod to go.
        triggers.On(_pods, e => e.New is null || PodStates.IsTerminal(e.New) ? RecreatingOwner(e.Object) : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_deployments.Get(key.Namespace, key.Name) is not { } deployment)
            return ReconcileResult.Done;
        if (Selector.From(deployment.Spec?.Selector).IsEmpty)
        {
            events.Warning(deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
            await WriteStatusAsync(deployment, (deployment.Status ?? new()) with { ObservedGeneration = deployment.Metadata.Generation }, null, cancellationToken);
            return ReconcileResult.Done;
        }
        var claim = ClaimPlan<ReplicaSet>.Compute(deployment, deployment.Spec?.Selector, _sets.List(key.Namespace));
        var owned = await Claims.ApplyAsync(api, deployment, OwnerReferences.Controller(deployment), claim, cancellationToken);
        var view = DeploymentView.Of(deployment, owned, oldPodsRunning: false, clock.GetUtcNow());
        if (deployment.Spec?.Strategy?.Type == "Recreate")
            view = view with { OldPodsRunning = view.Old.Any(HasRunningPods) };
        return await ApplyAsync(view, DeploymentPlanner.Compute(view), cancellationToken);
    }

    private async Task<ReconcileResult> ApplyAsync(DeploymentView view, DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var status = plan.Status;
        if (plan.Create is not null)
            status = await CreateAsync(view, plan.Create, plan.Status, cancellationToken);
        foreach (var change in plan.Changes)
            await ChangeAsync(view.Deployment, change, cancellationToken);
        foreach (var set in plan.Delete)
            await DeleteAsync(set, cancellationToken);
        await WriteStatusAsync(view.Deployment, status, plan.Revision, cancellationToken);
        return new(plan.CheckAfter);
    }

    /// <returns>The status to report after it: the plan's, or one that tells of a failure.</returns>
    private async Task<DeploymentStatus> CreateAsync(DeploymentView view, ReplicaSet set, DeploymentStatus planned, CancellationToken cancellationToken)
    {
        var deployment = view.Deployment;
        try
        {
            await api.Resource<ReplicaSet>().CreateAsync(set, cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            return await IsOursAsync(deployment, set, cancellationToken)
                ? planned
                : planned with { CollisionCount = (planned.CollisionCount ?? 0) + 1 };
        }
        catch (ApiException e) when (!NamespaceTermination.IsCause(e))
        {
            var message = $"Failed to create new replica set \"{set.Metadata.Name}\": {e.Message}";
            events.Warning(deployment, "ReplicaSetCreateError", message);
            await WriteStatusAsync(deployment, DeploymentStatusPlan.CreateFailed(view, message), null, cancellationToken);
            throw;
        }
        if (ReplicaSetChange.Size(set) > 0)
            events.Normal(deployment, "ScalingReplicaSet", $"Scaled up replica set {set.Metadata.Name} from 0 to {ReplicaSetChange.Size(set)}");
        return planned;
    }

    /// <summary>Whether what has the name already is the set that a former round made and the cache does not show yet.</summary>
    private async Task<bool> IsOursAsync(Deployment deployment, ReplicaSet set, CancellationToken cancellationToken)
    {
        var live = await api.Resource<ReplicaSet>().FindAsync(set.Metadata.Namespace, set.Metadata.Name!, cancellationToken);
        return live is null
            || OwnerReferences.IsControlledBy(live, deployment) && TemplateHash.Same(live.Spec?.Template, deployment.Spec?.Template);
    }

    private async Task ChangeAsync(Deployment deployment, ReplicaSetChange change, CancellationToken cancellationToken)
    {
        await api.Resource<ReplicaSet>().UpdateAsync(change.After, cancellationToken);
        if (change.From == change.To)
            return;
        var direction = change.To > change.From ? "up" : "down";
        events.Normal(deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {change.After.Metadata.Name} from {change.From} to {change.To}");
    }

    private async Task DeleteAsync(ReplicaSet set, CancellationToken cancellationToken)
    {
        try
        {
            await api.Resource<ReplicaSet>().DeleteAsync(
                set.Metadata.Namespace, set.Metadata.Name!, new() { Preconditions = new() { Uid = set.Metadata.Uid } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Somebody was faster; that is what was wanted.
        }
    }

    /// <summary>
    /// Writes the status and, in the same request, the revision: an update of the deployment's own annotations counts as a new
    /// generation, one along with the status does not.
    /// </summary>
    private async Task WriteStatusAsync(Deployment deployment, DeploymentStatus status, string? revision, CancellationToken cancellationToken)
    {
        var annotations = deployment.Metadata.Annotations;
        if (revision is not null && annotations?.GetValueOrDefault(Revisions.Revision) != revision)
            annotations = new Dictionary<string, string>(annotations ?? new Dictionary<string, string>()) { [Revisions.Revision] = revision };
        if (ReferenceEquals(annotations, deployment.Metadata.Annotations) && deployment.Status is not null && ApiJson.Same(deployment.Status, status))
            return;
        var wanted = deployment with { Metadata = deployment.Metadata with { Annotations = annotations }, Status = status };
        await api.Resource<Deployment>().UpdateStatusAsync(wanted, cancellationToken);
    }

    private bool HasRunningPods(ReplicaSet set) => _pods.ByIndex(Indexes.Controller, set.Metadata.Uid!).Any(p => !PodStates.IsTerminal(p));

    private IEnumerable<ObjectKey> Concerned(ReplicaSet set)
    {
        var ns = set.Metadata.Namespace ?? "";
        if (OwnerReferences.ControllerOf(set) is { } owner)
            return owner.Kind == "Deployment" ? [new(ns, owner.Name!)] : [];
        return _deployments.List(ns)
            .Where(d => Selector.From(d.Spec?.Selector) is { IsEmpty: false } selector && selector.Matches(set.Metadata.Labels))
            .Select(ObjectKey.Of);
    }

    private IEnumerable<ObjectKey> RecreatingOwner(Pod pod)
    {
        var ns = pod.Metadata.Namespace ?? "";
        if (OwnerReferences.ControllerOf(pod) is not { Kind: "ReplicaSet" } reference || _sets.Get(ns, reference.Name!) is not { } set)
            return [];
        return Concerned(set).Where(k => _deployments.Get(k.Namespace, k.Name)?.Spec?.Strategy?.Type == "Recreate");
    }
}
