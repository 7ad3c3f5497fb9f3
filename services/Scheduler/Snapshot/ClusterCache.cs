// What the scheduler believes about nodes and pods: what its informers saw, and the pods that it has placed but that are not bound yet
// ("assumed"), so that the next pod is placed against the state that will be. An assumed pod is confirmed when the watch shows it on
// its node and forgotten when binding fails. A change replaces one node's entry; a snapshot shares all the others.
using System.Collections.Immutable;
using Platform.Api.Core.V1;

namespace Platform.Scheduler.Snapshot;

/// <summary>Nodes with their pods. Safe for concurrent use.</summary>
internal sealed class ClusterCache(Func<string, IReadOnlyDictionary<string, string>?> namespaceLabels)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _index = [];
    private readonly Dictionary<string, Placed> _pods = [];

    // Pods on nodes that are not known (yet), which happens when the two watches run apart.
    private readonly Dictionary<string, List<PodInfo>> _strays = [];
    private ImmutableDictionary<string, int> _imageSpread = ImmutableDictionary<string, int>.Empty;
    private NodeInfo[] _nodes = [];
    private bool _shared;
    private int _podsWithAffinity;
    private long _version;

    public ClusterSnapshot Snapshot()
    {
        lock (_lock)
        {
            _shared = true;
            return new(_nodes, _imageSpread, _podsWithAffinity, namespaceLabels, _version);
        }
    }

    public void SetNode(Node node)
    {
        lock (_lock)
        {
            var name = node.Metadata.Name!;
            if (_index.TryGetValue(name, out var at))
            {
                var before = _nodes[at];
                Replace(at, before.On(node));
                CountImages(before, _nodes[at]);
                return;
            }
            var info = NodeInfo.Of(node);
            if (_strays.Remove(name, out var strays))
                info = strays.Aggregate(info, (on, pod) => on.With(pod));
            _index[name] = _nodes.Length;
            _nodes = [.. _nodes, info];
            _shared = false;
            _version++;
            CountImages(null, info);
        }
    }

    public void RemoveNode(string name)
    {
        lock (_lock)
        {
            if (!_index.Remove(name, out var at))
                return;
            var gone = _nodes[at];
            if (gone.Pods.Length > 0)
                _strays[name] = [.. gone.Pods];
            _nodes = [.. _nodes[..at], .. _nodes[(at + 1)..]];
            _shared = false;
            _version++;
            for (var i = at; i < _nodes.Length; i++)
                _index[_nodes[i].Name] = i;
            CountImages(gone, null);
        }
    }

    /// <summary>Counts a pod on the node that it is about to be bound to.</summary>
    public void Assume(PodInfo pod, string node)
    {
        lock (_lock)
            Place(pod, node, assumed: true);
    }

    /// <summary>Takes an assumed pod back; one that the watch has confirmed stays.</summary>
    public void Forget(PodInfo pod)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(pod.Uid, out var placed) && placed.Assumed)
                Take(placed);
        }
    }

    /// <summary>Counts a pod where the watch has seen it.</summary>
    public void SetPod(Pod pod)
    {
        lock (_lock)
            Place(new(pod), pod.Spec!.NodeName!, assumed: false);
    }

    /// <summary>Counts a pod no longer, wherever it was.</summary>
    public void RemovePod(Pod pod)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(new PodInfo(pod).Uid, out var placed))
                Take(placed);
        }
    }

    private void Place(PodInfo pod, string node, bool assumed)
    {
        if (_pods.TryGetValue(pod.Uid, out var before))
            Take(before);
        _pods[pod.Uid] = new(pod, node, assumed);
        _podsWithAffinity += pod.HasAffinity ? 1 : 0;
        if (_index.TryGetValue(node, out var at))
            Replace(at, _nodes[at].With(pod));
        else if (_strays.TryGetValue(node, out var strays))
            strays.Add(pod);
        else
            _strays[node] = [pod];
    }

    private void Take(Placed placed)
    {
        _pods.Remove(placed.Pod.Uid);
        _podsWithAffinity -= placed.Pod.HasAffinity ? 1 : 0;
        if (_index.TryGetValue(placed.Node, out var at))
            Replace(at, _nodes[at].Without(placed.Pod));
        else if (_strays.TryGetValue(placed.Node, out var strays) && strays.RemoveAll(pod => pod.Uid == placed.Pod.Uid) > 0 && strays.Count == 0)
            _strays.Remove(placed.Node);
    }

    private void Replace(int at, NodeInfo node)
    {
        if (_shared)
        {
            _nodes = [.. _nodes];
            _shared = false;
        }
        _nodes[at] = node;
        _version++;
    }

    private void CountImages(NodeInfo? before, NodeInfo? after)
    {
        var builder = _imageSpread.ToBuilder();
        foreach (var name in before?.Images.Keys ?? [])
        {
            if (--builder[name] == 0)
                builder.Remove(name);
        }
        foreach (var name in after?.Images.Keys ?? [])
            builder[name] = builder.GetValueOrDefault(name) + 1;
        _imageSpread = builder.ToImmutable();
    }

    private sealed record Placed(PodInfo Pod, string Node, bool Assumed);
}
