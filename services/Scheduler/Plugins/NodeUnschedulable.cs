using Platform.Api.Core.V1;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Keeps pods off cordoned nodes, unless they tolerate the taint that stands for that.</summary>
internal sealed class NodeUnschedulable : IFilterPlugin
{
    private static readonly Verdict Cordoned = new(["node(s) were unschedulable"]);

    private static readonly Taint CordonTaint = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    public string Name => "NodeUnschedulable";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded | ClusterEvents.NodeTaints | ClusterEvents.PodUpdated;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot) => TaintToleration.Tolerates(pod.Spec.Tolerations, CordonTaint)
        ? null
        : static node => node.Node.Spec?.Unschedulable == true ? Cordoned : Verdict.Fits;
}
