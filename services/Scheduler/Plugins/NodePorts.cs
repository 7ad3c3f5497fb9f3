using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Keeps pods off nodes where a port of the host that they want is taken.</summary>
internal sealed class NodePorts : IFilterPlugin
{
    private static readonly Verdict Taken = new(["node(s) didn't have free ports for the requested pod ports"]);

    public string Name => "NodePorts";

    public ClusterEvents WokenBy => ClusterEvents.NodeAdded | ClusterEvents.PodRemoved;

    public NodeFilter? Filter(PodInfo pod, ClusterSnapshot snapshot)
    {
        var wanted = pod.HostPorts;
        if (wanted.Length == 0)
            return null;
        return node => Array.Exists(node.HostPorts, taken => Array.Exists(wanted, port => port.ConflictsWith(taken))) ? Taken : Verdict.Fits;
    }
}
