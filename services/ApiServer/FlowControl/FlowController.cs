using Platform.Api.Errors;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// Priority and fairness: how much is worked on at once, and whose requests come first when that is not enough. A request belongs to a flow schema and by
/// it to a priority level. Levels have seats, a share of the server's total each; a level that needs more may take what others can lend and do not use,
/// down to the part that they never lend. A request that finds no seats waits in a queue of its level, or is refused with 429 where the queue is full,
/// the wait takes too long, or the level has no queues. Upstream recomputes what is lent every ten seconds; here it is decided at each admission, which
/// follows the load at once and needs no history. Watches hold seats while they begin, other long requests none.
/// </summary>
internal sealed class FlowController(FlowControlConfiguration configuration, WorkEstimate estimate, FlowControlMetrics metrics, TimeProvider clock)
{
    /// <summary>Longest wait for seats: a quarter of upstream's request timeout.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(15);

    private const string Refused = "Too many requests, please try again later.";

    private readonly Lock _gate = new();
    private int _held;
    private int _total;
    private int _longRunning;
    private int _next;
    private FlowControlSnapshot? _applied;

    public int LongRunning => Volatile.Read(ref _longRunning);

    public static bool IsLongRunning(RequestInfo info) =>
        info.Verb == "watch" || info.Subresource is "log" or "exec" or "attach" or "portforward" or "proxy";

    /// <summary>Lets a request in, at once where there are seats for it. <see cref="Leave"/> must follow in any case.</summary>
    /// <exception cref="ApiException">429 where it has to come back later.</exception>
    public ValueTask EnterAsync(HttpContext context, ApiRequest request)
    {
        if (IsLongRunning(request.Info))
        {
            request.IsLongRunning = true;
            if (Interlocked.Increment(ref _longRunning) > ApiServerLimits.LongRunningInFlight)
                throw ApiErrors.TooManyRequests(Refused, ApiServerLimits.OverloadRetryAfter);
            if (request.Info.Verb != "watch")
                return default;
        }
        var snapshot = configuration.Current(this);
        if (!ReferenceEquals(Volatile.Read(ref _applied), snapshot))
            Apply(snapshot);
        var schema = snapshot.Match(request.User, request.Info);
        var level = schema.Level;
        request.FlowSchema = schema;
        Mark(context.Response, schema);
        var seats = level.IsExempt ? 1 : estimate.SeatsOf(context, request);
        FlowWaiter? waiter = null;
        lock (_gate)
        {
            if (level.Waiting == 0 && CanTake(level, seats))
            {
                Take(level, seats);
                request.Hold(level, seats);
                return default;
            }
            if (level.Queues is null)
                metrics.Rejected(level.Name, schema.Name, "concurrency-limit");
            else if ((waiter = level.Queues.Enqueue(level, schema.FlowOf(request.User, request.Info), seats)) is null)
                metrics.Rejected(level.Name, schema.Name, "queue-full");
        }
        return waiter is null ? throw ApiErrors.TooManyRequests(Refused, ApiServerLimits.OverloadRetryAfter) : WaitAsync(context, request, schema, waiter);
    }

    /// <summary>Ends what <see cref="EnterAsync"/> began, whether or not it let the request in.</summary>
    public void Leave(ApiRequest request)
    {
        request.ReleaseSeats();
        if (request.IsLongRunning)
            Interlocked.Decrement(ref _longRunning);
    }

    /// <summary>Gives back seats and lets in who can be let in now.</summary>
    public void Release(PriorityLevel level, int seats)
    {
        lock (_gate)
        {
            _held -= level.Held;
            level.SeatsInUse -= seats;
            level.Executing--;
            _held += level.Held;
            Dispatch();
        }
    }

    /// <summary>Sees to it that changed objects take effect on requests that wait, too.</summary>
    public void Refresh()
    {
        var snapshot = configuration.Current(this);
        if (!ReferenceEquals(Volatile.Read(ref _applied), snapshot))
            Apply(snapshot);
    }

    /// <summary>Says in an answer how its request was classified.</summary>
    public static void Mark(HttpResponse response, ActiveFlowSchema schema)
    {
        response.Headers["X-Kubernetes-PF-FlowSchema-UID"] = schema.Uid;
        response.Headers["X-Kubernetes-PF-PriorityLevel-UID"] = schema.Level.Uid;
    }

    private async ValueTask WaitAsync(HttpContext context, ApiRequest request, ActiveFlowSchema schema, FlowWaiter waiter)
    {
        var started = clock.GetTimestamp();
        await using var timeout = clock.CreateTimer(static w => ((FlowWaiter)w!).Decide(false), waiter, WaitLimit, Timeout.InfiniteTimeSpan);
        await using var aborted = context.RequestAborted.UnsafeRegister(static w => ((FlowWaiter)w!).Decide(false), waiter);
        var admitted = await waiter.Decided;
        metrics.Waited(waiter.Level.Name, schema.Name, admitted, clock.GetElapsedTime(started));
        if (admitted)
        {
            request.Hold(waiter.Level, waiter.Seats);
            return;
        }
        lock (_gate)
            waiter.Level.Queues?.Remove(waiter);
        context.RequestAborted.ThrowIfCancellationRequested();
        metrics.Rejected(waiter.Level.Name, schema.Name, "time-out");
        throw ApiErrors.TooManyRequests(Refused, ApiServerLimits.OverloadRetryAfter);
    }

    /// <summary>Works out the seats of all levels when the objects have changed.</summary>
    private void Apply(FlowControlSnapshot snapshot)
    {
        lock (_gate)
        {
            // Another thread may have been faster, with this snapshot or a newer one.
            if (_applied?.Version >= snapshot.Version)
                return;
            (_held, _total) = configuration.Share(snapshot);
            _applied = snapshot;
            Dispatch();
        }
    }

    private bool CanTake(PriorityLevel level, int seats)
    {
        // Exempt requests wait for nobody, but there is an end to what the process can carry.
        if (level.IsExempt)
            return level.Executing < ApiServerLimits.ExemptRequestsInFlight;
        // What is wider than the level runs alone, or it would never run.
        if (level.SeatsInUse == 0 && seats > level.Maximum)
            return true;
        return level.SeatsInUse + seats <= level.Maximum && _held - level.Held + Math.Max(level.SeatsInUse + seats, level.Minimum) <= _total;
    }

    private void Take(PriorityLevel level, int seats)
    {
        _held -= level.Held;
        level.SeatsInUse += seats;
        level.Executing++;
        _held += level.Held;
    }

    /// <summary>Lets waiting requests in: first of levels that have less than is their own, then of those that borrow, in turns.</summary>
    private void Dispatch()
    {
        var levels = configuration.Levels;
        for (var isBorrowing = 0; isBorrowing < 2; isBorrowing++)
        {
            for (var i = 0; i < levels.Count; i++)
            {
                var level = levels[(i + _next) % levels.Count];
                while (level.Waiting > 0 && (isBorrowing == 1 || level.SeatsInUse < level.Nominal) && DispatchOne(level))
                {
                }
            }
        }
        _next = levels.Count == 0 ? 0 : (_next + 1) % levels.Count;
    }

    private bool DispatchOne(PriorityLevel level)
    {
        var waiter = level.Queues!.Next()!;
        if (!CanTake(level, waiter.Seats))
            return false;
        level.Queues.Dequeue(waiter);
        if (waiter.Decide(true))
            Take(level, waiter.Seats);
        return true;
    }
}
