// Turns what the informers see into the cache's and the queue's terms: pods with a node are counted there, pods without one wait, and
// every change that can make room moves the pods that wait for just that.
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Client;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Queue;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler;

/// <summary>Feeds the cache and the queue.</summary>
internal sealed class ClusterWatcher(SchedulingQueue queue, ClusterCache cache, IReadOnlySet<string> schedulerNames)
{
    public void Watch(IInformer<Node> nodes, IInformer<Pod> pods)
    {
        nodes.AddHandler(OnNode);
        pods.AddHandler(OnPod);
    }

    internal void OnNode(InformerEvent<Node> change)
    {
        if (change.New is not { } node)
        {
            cache.RemoveNode(change.Object.Metadata.Name!);
            return;
        }
        cache.SetNode(node);
        var events = change.Old is null ? ClusterEvents.NodeAdded : Difference(change.Old, node);
        if (events != ClusterEvents.None)
            queue.Move(events);
    }

    internal void OnPod(InformerEvent<Pod> change)
    {
        var pod = change.Object;
        var wasPlaced = change.Old is { } old && IsPlaced(old);
        if (change.New is null || IsFinished(pod))
        {
            queue.Remove(ObjectKey.Of(pod));
            cache.RemovePod(pod); // Also one that is only assumed: it will never be bound now.
            if (wasPlaced || IsPlaced(pod))
                queue.Move(ClusterEvents.PodRemoved);
        }
        else if (IsPlaced(pod))
        {
            queue.Remove(ObjectKey.Of(pod));
            cache.SetPod(pod);
            if (!wasPlaced)
                queue.Move(ClusterEvents.PodAssigned);
        }
        else if (pod.Metadata.DeletionTimestamp is null && schedulerNames.Contains(pod.Spec?.SchedulerName ?? SchedulerRegistration.DefaultName))
            queue.Set(pod, change.Cause);
        else
            queue.Remove(ObjectKey.Of(pod));
    }

    /// <summary>Which of the plugins' concerns differ between two versions of a node. Heartbeats change none.</summary>
    private static ClusterEvents Difference(Node before, Node after)
    {
        var events = ClusterEvents.None;
        if (!ApiJson.Same(Placing(before, status: true), Placing(after, status: true)))
            events |= ClusterEvents.NodeAllocatable;
        if (!ApiJson.Same(Labels(before), Labels(after)))
            events |= ClusterEvents.NodeLabels;
        if (!ApiJson.Same(Placing(before, status: false), Placing(after, status: false)))
            events |= ClusterEvents.NodeTaints;
        return events;
    }

    private static Node Placing(Node node, bool status) => status
        ? new() { Status = new() { Allocatable = node.Status?.Allocatable } }
        : new() { Spec = new() { Taints = node.Spec?.Taints, Unschedulable = node.Spec?.Unschedulable } };

    private static Node Labels(Node node) => new() { Metadata = new() { Labels = node.Metadata.Labels } };

    private static bool IsPlaced(Pod pod) => !string.IsNullOrEmpty(pod.Spec?.NodeName);

    private static bool IsFinished(Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";
}
