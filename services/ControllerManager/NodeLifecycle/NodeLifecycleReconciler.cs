using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.NodeLifecycle;

/// <summary>Notices nodes that fall silent, and says so in conditions, taints and the readiness of their pods.</summary>
internal sealed class NodeLifecycleReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, TimeProvider clock) : IReconciler
{
    private const string LeaseNamespace = "kube-node-lease";
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string ByNode = "node";

    private readonly IInformer<Node> _nodes = informers.For<Node>();
    private readonly IInformer<Lease> _leases = informers.For<Lease>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();
    private readonly NodeHealth _health = new(clock);
    private readonly Dictionary<string, DateTimeOffset> _lastGivenUp = [];

    public string Name => "node-controller";

    /// <summary>One at a time: giving nodes up is rationed per zone.</summary>
    public int Workers => 1;

    public void Watch(IReconcilerTriggers triggers)
    {
        _pods.AddIndex(ByNode, Indexes.NodeName);
        triggers.On(_nodes, e => WasReady(e.Old) == WasReady(e.New) ? [ObjectKey.Of(e.Object)] : _nodes.List().Select(ObjectKey.Of).Append(ObjectKey.Of(e.Object)));
        triggers.On(_leases, e => e.Object.Metadata.Namespace == LeaseNamespace ? [new("", e.Object.Metadata.Name!)] : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get("", key.Name) is not { } node)
        {
            _health.Forget(key.Name);
            return ReconcileResult.Done;
        }
        var lease = _leases.Get(LeaseNamespace, key.Name);
        var heard = _health.Observe(key.Name, node.Metadata.Uid, lease?.Spec?.RenewTime?.Value, NodeHealth.Condition(node, "Ready")?.LastHeartbeatTime);
        var now = clock.GetUtcNow();
        var silence = now - heard;
        var grace = NodePlan.GraceOf(node);
        if (silence >= grace && NodePlan.Silent(node, now) is { } conditions)
        {
            var wasReady = NodeHealth.IsReady(node);
            node = await api.Resource<Node>().UpdateStatusAsync(node with { Status = (node.Status ?? new()) with { Conditions = conditions } }, cancellationToken);
            // Writing the condition is no sign of life.
            if (wasReady)
                events.Normal(node, "NodeNotReady", $"Node {key.Name} status is now: NodeNotReady");
        }
        var pause = await TaintAsync(node, now, cancellationToken);
        if (!NodeHealth.IsReady(node) && NodeHealth.Condition(node, "Ready") is not null)
            await MarkPodsNotReadyAsync(node, now, cancellationToken);
        var recheck = silence < grace ? grace - silence : grace;
        return ReconcileResult.After(pause is { } wait && wait < recheck ? wait : recheck);
    }

    /// <returns>When an evicting taint may be added that has to wait; null when none waits.</returns>
    private async Task<TimeSpan?> TaintAsync(Node node, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zones = _nodes.List().GroupBy(ZoneOf).ToDictionary(g => g.Key, g => g.Select(n => NodeHealth.IsReady(n.Metadata.Name == node.Metadata.Name ? node : n)).ToList());
        var allDown = zones.Values.All(z => NodePlan.StateOf(z) == ZoneState.FullDisruption);
        var zone = ZoneOf(node);
        var ready = zones.GetValueOrDefault(zone) ?? [];
        var pause = NodePlan.EvictionPause(NodePlan.StateOf(ready), ready.Count, allDown);
        var turn = _lastGivenUp.TryGetValue(zone, out var last) && pause is not null ? last + pause.Value : now;
        var mayEvict = pause is not null && turn <= now;
        if (NodePlan.Taints(node, mayEvict, removeEvicting: allDown, now) is { } taints)
        {
            var isGivenUp = taints.Any(t => t.Effect == "NoExecute" && t.TimeAdded == now);
            await api.Resource<Node>().UpdateAsync(node with { Spec = (node.Spec ?? new()) with { Taints = taints.Count == 0 ? null : taints } }, cancellationToken);
            if (isGivenUp)
                _lastGivenUp[zone] = now;
        }
        var waits = !mayEvict && pause is not null && NodePlan.EvictingTaint(node) is not null;
        return waits ? turn - now : null;
    }

    /// <summary>Traffic must not go to pods whose node does not answer, although their containers may still run.</summary>
    private async Task MarkPodsNotReadyAsync(Node node, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var pod in _pods.ByIndex(ByNode, node.Metadata.Name!).Where(PodStates.IsReady))
        {
            var conditions = pod.Status!.Conditions!.Select(c => c.Type == "Ready" ? c with { Status = "False", LastTransitionTime = now } : c);
            try
            {
                await api.Resource<Pod>().UpdateStatusAsync(pod with { Status = pod.Status with { Conditions = [.. conditions] } }, cancellationToken);
                events.Warning(pod, "NodeNotReady", "Node is not ready");
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                continue; // Gone meanwhile.
            }
        }
    }

    private static bool? WasReady(Node? node) => node is null ? null : NodeHealth.IsReady(node);

    private static string ZoneOf(Node node) => node.Metadata.Labels is { } labels && labels.TryGetValue(ZoneLabel, out var zone) ? zone : "";
}
