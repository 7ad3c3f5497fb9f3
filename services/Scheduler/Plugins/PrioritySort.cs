using Platform.Scheduler.Queue;

namespace Platform.Scheduler.Plugins;

/// <summary>Order of the queue: the higher priority first, then who waits longer.</summary>
internal sealed class PrioritySort : IComparer<QueuedPod>
{
    public int Compare(QueuedPod? left, QueuedPod? right)
    {
        var byPriority = right!.Info.Priority.CompareTo(left!.Info.Priority);
        if (byPriority != 0)
            return byPriority;
        var byTime = left.Since.CompareTo(right.Since);
        return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
    }
}
