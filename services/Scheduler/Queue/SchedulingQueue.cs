// Pods that have no node yet. Active: to be tried, by priority. Back-off: failed lately, 1 s doubling to 10 s. Unschedulable: no node
// would do; nothing happens to such a pod until something in the cluster changes that the plugins which refused it care about, or five
// minutes have passed. A change that comes while a pod is being tried counts too: then its failure leads to back-off, not to sleep.
using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Client;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Plugins;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Queue;

/// <summary>The scheduler's queue. Safe for concurrent use; one taker.</summary>
internal sealed class SchedulingQueue : IDisposable
{
    internal static readonly TimeSpan MinBackoff = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);

    /// <summary>How long a pod may sleep without being tried, whatever happens.</summary>
    internal static readonly TimeSpan MaxUnschedulable = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IPreEnqueuePlugin> _gates;
    private readonly Dictionary<ObjectKey, QueuedPod> _pods = [];
    private readonly HashSet<QueuedPod> _asleep = [];
    private readonly SortedSet<QueuedPod> _active = new(new PrioritySort());
    private readonly PriorityQueue<QueuedPod, DateTimeOffset> _wakeups = new();
    private readonly Queue<(long Move, ClusterEvents Events)> _recent = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly ITimer _timer;
    private long _order;
    private long _moves;
    private ClusterEvents _forgotten;

    public SchedulingQueue(TimeProvider time, IReadOnlyList<IPreEnqueuePlugin> gates)
    {
        _time = time;
        _gates = gates;
        _timer = time.CreateTimer(static self => ((SchedulingQueue)self!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many pods are in a part.</summary>
    public int Count(QueuePart part)
    {
        lock (_lock)
            return _pods.Values.Count(pod => pod.Part == part);
    }

    /// <summary>A pod without a node appeared or changed.</summary>
    public void Set(Pod value, ActivityContext cause)
    {
        lock (_lock)
        {
            var info = new PodInfo(value);
            if (_pods.TryGetValue(info.Key, out var pod) && pod.Info.Uid == info.Uid)
            {
                var changed = !ApiJson.Same(pod.Info.Pod.Spec!, value.Spec!) || !SameLabels(pod.Info.Pod, value);
                if (changed)
                {
                    if (pod.Part == QueuePart.Active)
                        _active.Remove(pod); // Its place depends on its priority.
                    pod.Cause = cause == default ? pod.Cause : cause;
                }
                pod.Info = info;
                if (changed && pod.Part != QueuePart.Taken)
                    Admit(pod, pod.Part == QueuePart.Unschedulable && (pod.WokenBy & ClusterEvents.PodUpdated) == 0);
                else if (changed)
                    NoteMove(ClusterEvents.PodUpdated);
                return;
            }
            Drop(info.Key);
            pod = new(info, cause, _time.GetUtcNow(), _order++);
            _pods[info.Key] = pod;
            Admit(pod, asleep: false);
        }
    }

    /// <summary>A pod was bound or deleted.</summary>
    public void Remove(ObjectKey key)
    {
        lock (_lock)
            Drop(key);
    }

    /// <summary>Something happened that may make room.</summary>
    public void Move(ClusterEvents events)
    {
        lock (_lock)
        {
            NoteMove(events);
            foreach (var pod in _asleep.Where(pod => (pod.WokenBy & events) != 0).ToArray())
                Retry(pod);
        }
    }

    /// <summary>Takes the next pod to be tried. It stays known until it is given back by <see cref="Failed"/> or removed.</summary>
    public async ValueTask<QueuedPod> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken);
            lock (_lock)
            {
                // There may be more signals than pods, since a pod can leave without having been taken.
                if (_active.Min is not { } pod)
                    continue;
                _active.Remove(pod);
                pod.Part = QueuePart.Taken;
                pod.Attempts++;
                pod.Tried = _time.GetUtcNow();
                pod.TakenAtMove = _moves;
                return pod;
            }
        }
    }

    /// <summary>Gives back a pod that could not be placed.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="wokenBy">What could help it; none for an error, which is simply tried again.</param>
    public void Failed(QueuedPod pod, ClusterEvents wokenBy)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(pod.Info.Key, out var current) || current != pod)
                return; // Deleted meanwhile.
            pod.WokenBy = wokenBy;
            pod.Tried = _time.GetUtcNow();
            if (wokenBy == ClusterEvents.None || MovedSince(pod, wokenBy))
                Retry(pod);
            else
            {
                pod.Part = QueuePart.Unschedulable;
                _asleep.Add(pod);
                Schedule(pod, pod.Tried + MaxUnschedulable);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _signal.Dispose();
    }

    private void NoteMove(ClusterEvents events)
    {
        const int MaxRemembered = 256;
        _moves++;
        _recent.Enqueue((_moves, events));
        if (_recent.Count > MaxRemembered)
            _forgotten |= _recent.Dequeue().Events;
    }

    /// <summary>Whether one of these changes came while the pod was being tried. What is no longer remembered counts as if it had.</summary>
    private bool MovedSince(QueuedPod pod, ClusterEvents wanted)
    {
        if (_recent.Count > 0 && _recent.Peek().Move > pod.TakenAtMove + 1 && (_forgotten & wanted) != 0)
            return true;
        return _recent.Any(move => move.Move > pod.TakenAtMove && (move.Events & wanted) != 0);
    }

    private void Admit(QueuedPod pod, bool asleep)
    {
        if (_gates.Any(gate => gate.Refuse(pod.Info) is not null))
        {
            _asleep.Remove(pod);
            pod.Part = QueuePart.Gated;
        }
        else if (!asleep)
            Retry(pod);
    }

    private void Retry(QueuedPod pod)
    {
        _asleep.Remove(pod);
        var ready = pod.Attempts == 0 ? DateTimeOffset.MinValue : pod.Tried + Backoff(pod.Attempts);
        if (ready > _time.GetUtcNow())
        {
            pod.Part = QueuePart.Backoff;
            Schedule(pod, ready);
            return;
        }
        pod.Part = QueuePart.Active;
        if (_active.Add(pod))
            _signal.Release();
    }

    private static TimeSpan Backoff(int attempts)
    {
        const int Doublings = 4; // 16 s is beyond the longest already.
        var delay = MinBackoff * (1 << Math.Min(attempts - 1, Doublings));
        return delay < MaxBackoff ? delay : MaxBackoff;
    }

    private void Drop(ObjectKey key)
    {
        if (!_pods.Remove(key, out var pod))
            return;
        _asleep.Remove(pod);
        if (pod.Part == QueuePart.Active)
            _active.Remove(pod);
    }

    private void Schedule(QueuedPod pod, DateTimeOffset at)
    {
        _wakeups.Enqueue(pod, at);
        Arm();
    }

    private void Wake()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (_wakeups.TryPeek(out var pod, out var at) && at <= now)
            {
                _wakeups.Dequeue();
                var current = _pods.TryGetValue(pod.Info.Key, out var known) && known == pod;
                var due = pod.Part == QueuePart.Backoff || (pod.Part == QueuePart.Unschedulable && now - pod.Tried >= MaxUnschedulable);
                if (current && due)
                    Retry(pod);
            }
            Arm();
        }
    }

    private void Arm()
    {
        if (!_wakeups.TryPeek(out _, out var at))
            return;
        var wait = Math.Ceiling((at - _time.GetUtcNow()).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, wait)), Timeout.InfiniteTimeSpan);
    }

    private static bool SameLabels(Pod left, Pod right)
    {
        var (one, other) = (left.Metadata.Labels, right.Metadata.Labels);
        return (one?.Count ?? 0) == (other?.Count ?? 0)
            && (one is null || one.All(label => other!.TryGetValue(label.Key, out var value) && value == label.Value));
    }
}
