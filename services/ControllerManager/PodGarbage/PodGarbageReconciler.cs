using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.PodGarbage;

/// <summary>Removes pods whose node is gone, pods that were to go before they had a node, and old finished ones. Keys are pods.</summary>
internal sealed class PodGarbageReconciler(IApiClient api, IInformerFactory informers, TimeProvider clock) : IReconciler
{
    private const string ByNode = "node";
    private const string Finished = "finished";
    private readonly IInformer<Pod> _pods = informers.For<Pod>();
    private readonly IInformer<Node> _nodes = informers.For<Node>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _missingSince = [];

    public string Name => "pod-garbage-collector";

    public void Watch(IReconcilerTriggers triggers)
    {
        _pods.AddIndex(ByNode, Indexes.NodeName);
        _pods.AddIndex(Finished, p => PodStates.IsTerminal(p) ? [Finished] : []);
        triggers.On(_pods, e => e.New is null ? [] : Concerned(e.New));
        triggers.On(_nodes, e => e.New is null ? _pods.ByIndex(ByNode, e.Object.Metadata.Name!).Select(ObjectKey.Of) : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key.Namespace, key.Name) is not { } pod)
            return ReconcileResult.Done;
        if (PodGarbagePlan.IsUnscheduledTerminating(pod))
        {
            await RemoveAsync(pod, null, cancellationToken);
            return ReconcileResult.Done;
        }
        if (pod.Spec?.NodeName is { Length: > 0 } node && await IsOrphanAsync(node, cancellationToken) is { } wait)
        {
            if (wait > TimeSpan.Zero)
                return ReconcileResult.After(wait);
            await RemoveAsync(pod, "PodGC: node no longer exists", cancellationToken);
            return ReconcileResult.Done;
        }
        if (PodStates.IsTerminal(pod) && _pods.ByIndex(Finished, Finished) is { Count: > PodGarbagePlan.MaxTerminated } finished)
        {
            foreach (var surplus in PodGarbagePlan.Surplus(finished))
                await RemoveAsync(surplus, null, cancellationToken);
        }
        return ReconcileResult.Done;
    }

    /// <returns>How long until a missing node is given up, nothing left of that when it is; null where the node exists.</returns>
    private async Task<TimeSpan?> IsOrphanAsync(string node, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        TimeSpan wait;
        lock (_gate)
        {
            if (_nodes.Get("", node) is not null)
            {
                _missingSince.Remove(node);
                return null;
            }
            if (!_missingSince.TryGetValue(node, out var since))
                _missingSince[node] = since = now;
            wait = since + PodGarbagePlan.Quarantine - now;
        }
        if (wait > TimeSpan.Zero)
            return wait;
        // The cache may trail: only the server's word ends a pod.
        return await api.Resource<Node>().FindAsync(null, node, cancellationToken) is null ? TimeSpan.Zero : null;
    }

    private async Task RemoveAsync(Pod pod, string? reason, CancellationToken cancellationToken)
    {
        var (ns, name) = (pod.Metadata.Namespace, pod.Metadata.Name!);
        try
        {
            if (reason is not null && !PodStates.IsTerminal(pod))
                await api.Resource<Pod>().UpdateStatusWithRetryAsync(ns, name, p => p.Metadata.Uid == pod.Metadata.Uid ? Failed(p, reason) : null, cancellationToken);
            await api.Resource<Pod>().DeleteAsync(ns, name, new() { GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone, or another pod of that name.
        }
    }

    private Pod Failed(Pod pod, string reason)
    {
        var disrupted = new PodCondition { Type = "DisruptionTarget", Status = "True", Reason = "DeletionByPodGC", Message = reason, LastTransitionTime = clock.GetUtcNow() };
        return pod with
        {
            Status = (pod.Status ?? new()) with { Phase = "Failed", Conditions = [.. (pod.Status?.Conditions ?? []).Where(c => c.Type != disrupted.Type), disrupted] },
        };
    }

    private IEnumerable<ObjectKey> Concerned(Pod pod) =>
        PodGarbagePlan.IsUnscheduledTerminating(pod) || PodStates.IsTerminal(pod) || !string.IsNullOrEmpty(pod.Spec?.NodeName) && _nodes.Get("", pod.Spec.NodeName) is null
            ? [ObjectKey.Of(pod)] : [];
}
