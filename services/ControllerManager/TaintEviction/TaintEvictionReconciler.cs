using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.TaintEviction;

/// <summary>Deletes pods that do not tolerate a NoExecute taint of their node, or whose toleration has run out. Keys are pods.</summary>
internal sealed class TaintEvictionReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, TimeProvider clock) : IReconciler
{
    private const string ByNode = "node";
    private readonly IInformer<Pod> _pods = informers.For<Pod>();
    private readonly IInformer<Node> _nodes = informers.For<Node>();

    public string Name => "taint-eviction-controller";

    public int Workers => 8;

    public void Watch(IReconcilerTriggers triggers)
    {
        _pods.AddIndex(ByNode, Indexes.NodeName);
        triggers.On(_pods, e => e.New is { Spec.NodeName.Length: > 0 } pod && e.Old?.Spec?.NodeName != pod.Spec.NodeName ? [ObjectKey.Of(pod)] : []);
        triggers.On(_nodes, e => HasEvicting(e.New) ? _pods.ByIndex(ByNode, e.Object.Metadata.Name!).Select(ObjectKey.Of) : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key.Namespace, key.Name) is not { Metadata.DeletionTimestamp: null } pod || _nodes.Get("", pod.Spec?.NodeName ?? "") is not { } node)
            return ReconcileResult.Done;
        var now = clock.GetUtcNow();
        // A pod that came after the taint is concerned from its own beginning.
        var began = PodStates.Condition(pod, "PodScheduled")?.LastTransitionTime ?? pod.Metadata.CreationTimestamp ?? now;
        if (EvictionPlan.EvictAt(pod, node.Spec?.Taints ?? [], t => t.TimeAdded is { } added && added > began ? added : began) is not { } at)
            return ReconcileResult.Done;
        if (at > now)
            return ReconcileResult.After(at - now);
        events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}");
        try
        {
            var disrupted = new PodCondition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "DeletionByTaintManager",
                Message = "Taint manager: deleting due to NoExecute taint",
                LastTransitionTime = now,
            };
            await api.Resource<Pod>().UpdateStatusWithRetryAsync(key.Namespace, key.Name, p => p.Metadata.Uid != pod.Metadata.Uid ? null : p with
            {
                Status = (p.Status ?? new()) with { Conditions = [.. (p.Status?.Conditions ?? []).Where(c => c.Type != disrupted.Type), disrupted] },
            }, cancellationToken);
            await api.Resource<Pod>().DeleteAsync(key.Namespace, key.Name, new() { Preconditions = new() { Uid = pod.Metadata.Uid } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone, or another pod of that name.
        }
        return ReconcileResult.Done;
    }

    private static bool HasEvicting(Node? node) => node?.Spec?.Taints?.Any(t => t.Effect == "NoExecute") == true;
}
