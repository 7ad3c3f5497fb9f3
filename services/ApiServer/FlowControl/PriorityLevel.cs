using Platform.Api.FlowControl.V1;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// A priority level at run time. It outlives changes of its object, so that requests that are being worked on stay counted. Guarded by the controller's lock.
/// </summary>
internal sealed class PriorityLevel(FlowController controller, string name)
{
    public string Name { get; } = name;

    public string Uid { get; private set; } = "";

    /// <summary>Requests pass without waiting.</summary>
    public bool IsExempt { get; private set; }

    /// <summary>Seats that are the level's own.</summary>
    public int Nominal { get; set; }

    /// <summary>Seats that nobody else may borrow.</summary>
    public int Minimum { get; set; }

    /// <summary>Seats that it may have, with all that it can borrow.</summary>
    public int Maximum { get; set; }

    public int SeatsInUse { get; set; }

    public int Executing { get; set; }

    /// <summary>Where requests wait; null where those beyond the limit are refused at once.</summary>
    public FlowQueues? Queues { get; private set; }

    public int Waiting => Queues?.Waiting ?? 0;

    /// <summary>What others cannot use: what it has taken, and at least its minimum.</summary>
    public int Held => Math.Max(SeatsInUse, Minimum);

    /// <summary>Takes over the settings of an object.</summary>
    /// <returns>Requests that waited in queues which there are no more.</returns>
    public IReadOnlyList<FlowWaiter> Configure(PriorityLevelConfiguration value)
    {
        Uid = value.Metadata.Uid ?? "";
        IsExempt = value.Spec?.Type == "Exempt";
        var queuing = value.Spec?.Limited?.LimitResponse is { Type: "Queue" } response ? response.Queuing ?? new() : null;
        if (Queues is null && queuing is null)
            return [];
        if (Queues is not null && queuing is not null && Queues.Settings == queuing)
            return [];
        var before = Queues?.Drain() ?? [];
        Queues = IsExempt || queuing is null ? null : new(queuing);
        return before;
    }

    /// <summary>Ends the level, whose object has gone: nothing more is let in, and what is being worked on is counted until it is done.</summary>
    /// <returns>Requests that waited.</returns>
    public IReadOnlyList<FlowWaiter> Close()
    {
        (Nominal, Minimum, Maximum) = (0, 0, 0);
        var before = Queues?.Drain() ?? [];
        Queues = null;
        return before;
    }

    /// <summary>Gives back seats; called once per request that was admitted.</summary>
    public void Release(int seats) => controller.Release(this, seats);
}
