namespace Platform.ApiServer.FlowControl;

/// <summary>A request that waits for seats. All but the outcome is guarded by the controller's lock.</summary>
internal sealed class FlowWaiter(PriorityLevel level, FlowQueue queue, int seats)
{
    private readonly TaskCompletionSource<bool> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PriorityLevel Level { get; } = level;

    public FlowQueue Queue { get; } = queue;

    public int Seats { get; } = seats;

    /// <summary>True: the seats are the request's. False: it waited too long.</summary>
    public Task<bool> Decided => _decided.Task;

    /// <summary>False where it had been decided before.</summary>
    public bool Decide(bool admitted) => _decided.TrySetResult(admitted);
}

/// <summary>One of a level's queues: first come, first served.</summary>
internal sealed class FlowQueue
{
    public LinkedList<FlowWaiter> Waiters { get; } = new();

    /// <summary>Seats that the waiting requests want together.</summary>
    public int WaitingSeats { get; set; }

    /// <summary>Virtual time at which the first waiter's turn comes.</summary>
    public double Turn { get; set; }
}
