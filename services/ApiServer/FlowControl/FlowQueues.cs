using Platform.Api.FlowControl.V1;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// The queues of a priority level. A flow is dealt a hand of them by its hash and waits in the shortest (shuffle sharding), so that a flow that fills its
/// hand leaves every other flow at least one queue with near certainty. Queues take turns by virtual time: a queue's turn moves on by the seats that its
/// requests get, the queue whose turn is earliest is next, and one that was empty starts at the present, so nobody saves up turns. Upstream adds the
/// duration of execution to the width; here all requests count as equally long, as most are.
/// </summary>
internal sealed class FlowQueues
{
    private readonly FlowQueue[] _queues;
    private readonly int _handSize;
    private readonly int _lengthLimit;
    private double _now;

    public FlowQueues(QueuingConfiguration settings)
    {
        _queues = new FlowQueue[Math.Max(1, settings.Queues ?? 64)];
        for (var i = 0; i < _queues.Length; i++)
            _queues[i] = new();
        _handSize = Math.Clamp(settings.HandSize ?? 8, 1, _queues.Length);
        _lengthLimit = Math.Max(1, settings.QueueLengthLimit ?? 50);
        Settings = settings;
    }

    public QueuingConfiguration Settings { get; }

    /// <summary>Requests that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Puts a request into the shortest queue of its flow; null where that is full.</summary>
    public FlowWaiter? Enqueue(PriorityLevel level, ulong flow, int seats)
    {
        var queue = Shortest(flow);
        if (queue.Waiters.Count >= _lengthLimit)
            return null;
        if (queue.Waiters.Count == 0)
            queue.Turn = Math.Max(queue.Turn, _now);
        var waiter = new FlowWaiter(level, queue, seats);
        queue.Waiters.AddLast(waiter);
        queue.WaitingSeats += seats;
        Waiting++;
        return waiter;
    }

    /// <summary>The request whose turn is next; null where none waits.</summary>
    public FlowWaiter? Next()
    {
        if (Waiting == 0)
            return null;
        FlowQueue? first = null;
        foreach (var queue in _queues)
        {
            if (queue.Waiters.Count > 0 && (first is null || queue.Turn < first.Turn))
                first = queue;
        }
        return first!.Waiters.First!.Value;
    }

    /// <summary>Takes out a request that got its seats.</summary>
    public void Dequeue(FlowWaiter waiter)
    {
        _now = Math.Max(_now, waiter.Queue.Turn);
        waiter.Queue.Turn += waiter.Seats;
        Remove(waiter);
    }

    /// <summary>Takes out a request that waits no longer. False where it is not in its queue any more.</summary>
    public bool Remove(FlowWaiter waiter)
    {
        if (!waiter.Queue.Waiters.Remove(waiter))
            return false;
        waiter.Queue.WaitingSeats -= waiter.Seats;
        Waiting--;
        return true;
    }

    /// <summary>Takes out all, in no particular order, when the queues are replaced.</summary>
    public IReadOnlyList<FlowWaiter> Drain()
    {
        var all = _queues.SelectMany(q => q.Waiters).ToList();
        foreach (var waiter in all)
            Remove(waiter);
        return all;
    }

    // Each card is drawn from those that are left, so a hand never holds a queue twice.
    private FlowQueue Shortest(ulong flow)
    {
        Span<int> hand = stackalloc int[_handSize];
        FlowQueue? best = null;
        for (var i = 0; i < _handSize; i++)
        {
            var left = (ulong)(_queues.Length - i);
            var card = (int)(flow % left);
            flow /= left;
            // Cards below are gone: step over each of them, in ascending order.
            var at = 0;
            for (; at < i && card >= hand[at]; at++)
                card++;
            hand[at..i].CopyTo(hand[(at + 1)..]);
            hand[at] = card;
            var queue = _queues[card];
            if (best is null || queue.WaitingSeats < best.WaitingSeats)
                best = queue;
        }
        return best!;
    }
}
