using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.ControllerManager.NodeIpam;

/// <summary>
/// Gives each node its range of pod addresses. One worker decides, and it remembers what it gave until the cache shows it: two
/// nodes that join together never get the same range.
/// </summary>
internal sealed class NodeIpamReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, ClusterPodRange cluster) : IReconciler
{
    private readonly IInformer<Node> _nodes = informers.For<Node>();
    private readonly Dictionary<string, (string Uid, IPNetwork Range)> _given = [];

    public string Name => "cidrAllocator";

    public int Workers => 1;

    public void Watch(IReconcilerTriggers triggers)
    {
        // A range that becomes free may be what another node waits for.
        triggers.On(_nodes, e => e.New is null ? [ObjectKey.Of(e.Object), .. Waiting()] : [ObjectKey.Of(e.New)]);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Forget();
        if (_nodes.Get("", key.Name) is not { } node || !string.IsNullOrEmpty(node.Spec?.PodCIDR))
            return ReconcileResult.Done;
        if (!_given.TryGetValue(key.Name, out var given) || given.Uid != node.Metadata.Uid)
        {
            if (PodRangePlan.Choose(cluster.Network, Taken()) is not { } free)
            {
                events.Normal(node, "CIDRNotAvailable", $"Node {key.Name} status is now: CIDRNotAvailable");
                return ReconcileResult.Done;
            }
            given = (node.Metadata.Uid!, free);
            _given[key.Name] = given;
        }
        var text = given.Range.ToString();
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = node.Metadata.Uid },
            ["spec"] = new JsonObject { ["podCIDR"] = text, ["podCIDRs"] = new JsonArray(text) },
        };
        await api.Resource<Node>().PatchAsync(null, key.Name, PatchType.StrategicMerge, Encoding.UTF8.GetBytes(patch.ToJsonString()), cancellationToken: cancellationToken);
        return ReconcileResult.Done;
    }

    private IEnumerable<ObjectKey> Waiting() => _nodes.List().Where(n => string.IsNullOrEmpty(n.Spec?.PodCIDR)).Select(ObjectKey.Of);

    private IEnumerable<IPNetwork> Taken()
    {
        foreach (var text in _nodes.List().SelectMany(n => n.Spec?.PodCIDRs is { Count: > 0 } all ? all : [n.Spec?.PodCIDR ?? ""]))
        {
            if (IPNetwork.TryParse(text, out var range))
                yield return range;
        }
        foreach (var (_, range) in _given.Values)
            yield return range;
    }

    /// <summary>What the cache shows need not be remembered; nor what was meant for a node that is gone.</summary>
    private void Forget()
    {
        foreach (var (name, given) in _given.ToArray())
        {
            if (_nodes.Get("", name) is not { } node || node.Metadata.Uid != given.Uid || !string.IsNullOrEmpty(node.Spec?.PodCIDR))
                _given.Remove(name);
        }
    }
}
