using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>A pod that names its node goes nowhere else.</summary>
internal sealed class NodeName : IFilterPlugin
{
    private static readonly Verdict OtherNode = new(["node(s) didn't match the requested node name"]);

    public string Name => "NodeName";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        var wanted = pod.Spec.NodeName;
        return string.IsNullOrEmpty(wanted) ? null : node => node.Name == wanted ? Verdict.Fits : OtherNode;
    }
}
