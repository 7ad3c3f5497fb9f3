using System.Diagnostics;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Queue;

/// <summary>A pod that waits for a node. Changed only by the queue, under its lock, or by the one who has taken it.</summary>
internal sealed class QueuedPod(PodInfo info, ActivityContext cause, DateTimeOffset since, long order)
{
    public PodInfo Info { get; set; } = info;

    /// <summary>Trace context of the write that made or changed the pod.</summary>
    public ActivityContext Cause { get; set; } = cause;

    /// <summary>When it came into the queue.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>Tells pods of the same instant apart.</summary>
    public long Order { get; } = order;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was last tried.</summary>
    public DateTimeOffset Tried { get; set; }

    /// <summary>Which changes of the cluster could help it.</summary>
    public Framework.ClusterEvents WokenBy { get; set; }

    /// <summary>Number of moves in the queue when it was taken; tells whether the cluster changed while it was tried.</summary>
    public long TakenAtMove { get; set; }

    public QueuePart Part { get; set; }
}

/// <summary>Where in the queue a pod is.</summary>
internal enum QueuePart
{
    /// <summary>With the scheduler.</summary>
    Taken,
    Active,
    Backoff,
    Unschedulable,

    /// <summary>Held back by a gate.</summary>
    Gated,
}
