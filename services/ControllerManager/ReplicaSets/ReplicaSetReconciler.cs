using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Selectors;
using Platform.Client;
using Platform.ControllerManager.Ownership;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.ReplicaSets;

/// <summary>Keeps as many active pods as a replica set asks for.</summary>
internal sealed class ReplicaSetReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, TimeProvider clock) : IReconciler
{
    private readonly Expectations _expectations = new(clock);
    private readonly IInformer<ReplicaSet> _sets = informers.For<ReplicaSet>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();

    public string Name => "replicaset-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        _sets.AddIndex(Indexes.Controller, Indexes.ByController);
        _pods.AddIndex(Indexes.Controller, Indexes.ByController);
        triggers.On(_sets);
        triggers.On(_pods, PodChanged);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key.Namespace, key.Name) is not { } set)
        {
            _expectations.Forget(key);
            return ReconcileResult.Done;
        }
        var current = _expectations.Satisfied(key);
        var claim = ClaimPlan<Pod>.Compute(set, set.Spec?.Selector, Candidates(set).Where(PodStates.IsActive));
        var owned = await Claims.ApplyAsync(api, set, OwnerReferences.Controller(set), claim, cancellationToken);
        var plan = ReplicaSetPlan.Compute(set, owned, Related(set), current, clock.GetUtcNow());
        var (failure, error) = await ApplyAsync(key, set, plan, cancellationToken);

        var now = clock.GetUtcNow();
        var status = ReplicaSetStatusPlan.Compute(set, owned, failure, now);
        if (set.Status is null || !ApiJson.Same(set.Status, status))
            await api.Resource<ReplicaSet>().UpdateStatusAsync(set with { Status = status }, cancellationToken);
        if (error is not null)
            throw error;
        return new(Earlier(ReplicaSetStatusPlan.NextAvailability(set, owned, now), current ? null : _expectations.Remaining(key)));
    }

    private async Task<(ReplicaFailure? Failure, Exception? Error)> ApplyAsync(ObjectKey key, ReplicaSet set, ReplicaSetPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Create == 0 && plan.Delete.Count == 0)
            return default;
        _expectations.Begin(key);
        var error = plan.Create > 0
            ? await CreateAsync(key, set, plan.Create, cancellationToken)
            : await DeleteAsync(key, set, plan.Delete);
        return error is null ? default : (new(plan.Create > 0 ? "FailedCreate" : "FailedDelete", error.Message), error);
    }

    private async Task<Exception?> CreateAsync(ObjectKey key, ReplicaSet set, int count, CancellationToken cancellationToken)
    {
        var pod = PodFromTemplate.Create(set);
        foreach (var batch in ReplicaSetPlan.SlowStart(count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var errors = await Task.WhenAll(Enumerable.Range(0, batch).Select(_ => CreateOneAsync(key, set, pod)));
            if (errors.FirstOrDefault(e => e is not null) is { } error)
                return error is ApiException refused && NamespaceTermination.IsCause(refused) ? null : error;
        }
        return null;
    }

    /// <summary>
    /// A creation that has begun is seen through even when the process is stopping: were it given up in flight, its pod could appear
    /// after the next leader has counted, who would then make one too many.
    /// </summary>
    private async Task<Exception?> CreateOneAsync(ObjectKey key, ReplicaSet set, Pod pod)
    {
        try
        {
            var created = await api.Resource<Pod>().CreateAsync(pod, CancellationToken.None);
            _expectations.Created(key, created.Metadata.Uid!);
            events.Normal(set, "SuccessfulCreate", $"Created pod: {created.Metadata.Name}");
            return null;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            if (e is not ApiException refused || !NamespaceTermination.IsCause(refused))
                events.Warning(set, "FailedCreate", $"Error creating: {e.Message}");
            return e;
        }
    }

    private async Task<Exception?> DeleteAsync(ObjectKey key, ReplicaSet set, IReadOnlyList<Pod> pods)
    {
        foreach (var pod in pods)
            _expectations.Leaving(key, pod.Metadata.Uid!);
        var errors = await Task.WhenAll(pods.Select(p => DeleteOneAsync(key, set, p)));
        return errors.FirstOrDefault(e => e is not null);
    }

    /// <summary>Seen through like a creation: the next leader would otherwise delete another pod for the one that it still counted.</summary>
    private async Task<Exception?> DeleteOneAsync(ObjectKey key, ReplicaSet set, Pod pod)
    {
        try
        {
            await api.Resource<Pod>().DeleteAsync(
                pod.Metadata.Namespace, pod.Metadata.Name!, new() { Preconditions = new() { Uid = pod.Metadata.Uid } }, CancellationToken.None);
            events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            return null;
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone already, or replaced by a namesake.
            _expectations.NotLeaving(key, pod.Metadata.Uid!);
            return null;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            _expectations.NotLeaving(key, pod.Metadata.Uid!);
            events.Warning(set, "FailedDelete", $"Error deleting: {e.Message}");
            return e;
        }
    }

    /// <summary>The set's own pods by index, and the orphans of its namespace.</summary>
    private IEnumerable<Pod> Candidates(ReplicaSet set) => _pods.ByIndex(Indexes.Controller, set.Metadata.Uid!)
        .Concat(_pods.ByIndex(Indexes.Controller, Indexes.Orphans(set.Metadata.Namespace)));

    private IEnumerable<Pod> Related(ReplicaSet set)
    {
        IEnumerable<ReplicaSet> siblings = OwnerReferences.ControllerOf(set)?.Uid is { } owner ? _sets.ByIndex(Indexes.Controller, owner) : [set];
        return siblings.SelectMany(s => _pods.ByIndex(Indexes.Controller, s.Metadata.Uid!));
    }

    private IEnumerable<ObjectKey> PodChanged(InformerEvent<Pod> change)
    {
        HashSet<ObjectKey> keys = [];
        foreach (var pod in new[] { change.Old, change.New })
        {
            if (pod is not null)
                keys.UnionWith(Concerned(pod));
        }
        var leaving = change.New is null || change.New.Metadata.DeletionTimestamp is not null;
        foreach (var key in keys)
        {
            // After a gap in the watch one event can stand for a pod that went and a namesake that came.
            if (change.Old is { } old)
                _expectations.Observed(key, old.Metadata.Uid!, leaving || old.Metadata.Uid != change.Object.Metadata.Uid);
            _expectations.Observed(key, change.Object.Metadata.Uid!, leaving);
        }
        return keys;
    }

    private IEnumerable<ObjectKey> Concerned(Pod pod)
    {
        var ns = pod.Metadata.Namespace ?? "";
        if (OwnerReferences.ControllerOf(pod) is { } owner)
            return owner.Kind == "ReplicaSet" ? [new(ns, owner.Name!)] : [];
        return _sets.List(ns).Where(s => Selector.From(s.Spec?.Selector).Matches(pod.Metadata.Labels)).Select(ObjectKey.Of);
    }

    private static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null || a < b ? a : b;
}
