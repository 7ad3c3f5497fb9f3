using Platform.Api.FlowControl.V1;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// The flow schemas and priority levels that hold now: those in the registry and, before it can be read or where somebody has deleted them, the mandatory
/// ones. A version number tells whether anything has changed since, so a request pays for two look-ups.
/// </summary>
internal sealed class FlowControlConfiguration(IObjectReader reader, FlowControlLimits limits)
{
    private readonly Lock _building = new();
    private readonly Dictionary<string, PriorityLevel> _byName = new(StringComparer.Ordinal);
    private volatile FlowControlSnapshot? _snapshot;
    private volatile IReadOnlyList<PriorityLevel> _levels = [];

    /// <summary>Levels that exist, and those without an object that still have requests.</summary>
    public IReadOnlyList<PriorityLevel> Levels => _levels;

    public FlowControlSnapshot Current(FlowController controller)
    {
        var present = _snapshot;
        if (present?.Version == Version())
            return present;
        lock (_building)
        {
            var version = Version();
            if (_snapshot?.Version != version)
                _snapshot = Build(controller, version);
            return _snapshot;
        }
    }

    /// <summary>
    /// Divides the seats among the levels by their shares. Requests that wait in queues which there are no more are refused, and come back. Called under
    /// the controller's lock.
    /// </summary>
    /// <returns>Seats that are taken or reserved, and all that there are.</returns>
    public (int Held, int Total) Share(FlowControlSnapshot snapshot)
    {
        long shares = Math.Max(1, snapshot.Levels.Sum(l => (long)SharesOf(l.Value)));
        var total = 0;
        foreach (var (level, value) in snapshot.Levels)
        {
            Refuse(level.Configure(value));
            Divide(level, value, shares);
            total += level.IsExempt ? 0 : level.Nominal;
        }
        foreach (var level in _levels.Except(snapshot.Levels.Select(l => l.Level)))
            Refuse(level.Close());
        var held = 0;
        foreach (var level in _levels)
            held += level.IsExempt ? 0 : level.Held;
        // Rounding up can make the parts a little more than the whole.
        return (held, Math.Max(total, limits.Seats));
    }

    private static void Refuse(IReadOnlyList<FlowWaiter> waiters)
    {
        foreach (var waiter in waiters)
            waiter.Decide(false);
    }

    private void Divide(PriorityLevel level, PriorityLevelConfiguration value, long shares)
    {
        if (level.IsExempt)
        {
            (level.Nominal, level.Minimum, level.Maximum) = (0, 0, 0);
            return;
        }
        var limited = value.Spec?.Limited;
        level.Nominal = (int)Math.Ceiling((double)limits.Seats * SharesOf(value) / shares);
        level.Minimum = level.Nominal - (int)Math.Round(level.Nominal * (limited?.LendablePercent ?? 0) / 100.0);
        level.Maximum = limited?.BorrowingLimitPercent is { } percent
            ? (int)Math.Min(limits.Seats, level.Nominal + (long)Math.Round(level.Nominal * (percent / 100.0)))
            : Math.Max(limits.Seats, level.Nominal);
    }

    private static int SharesOf(PriorityLevelConfiguration value) =>
        Math.Max(0, value.Spec?.Type == "Exempt" ? value.Spec.Exempt?.NominalConcurrencyShares ?? 0 : value.Spec?.Limited?.NominalConcurrencyShares ?? 30);

    private long Version() => reader.IsReady ? reader.VersionOf<FlowSchema>() + reader.VersionOf<PriorityLevelConfiguration>() : -1;

    private FlowControlSnapshot Build(FlowController controller, long version)
    {
        var schemas = version < 0 ? FlowControlDefaults.Schemas : reader.List<FlowSchema>();
        var objects = (version < 0 ? FlowControlDefaults.Levels : reader.List<PriorityLevelConfiguration>()).ToDictionary(o => o.Metadata.Name!, StringComparer.Ordinal);
        foreach (var mandatory in FlowControlDefaults.MandatoryLevels)
            objects.TryAdd(mandatory.Metadata.Name!, mandatory);
        foreach (var idle in _byName.Values.Where(l => !objects.ContainsKey(l.Name) && l is { Executing: 0, Waiting: 0 }).ToList())
            _byName.Remove(idle.Name);
        foreach (var name in objects.Keys)
        {
            if (!_byName.ContainsKey(name))
                _byName[name] = new(controller, name);
        }
        _levels = [.. _byName.Values.OrderBy(l => l.Name, StringComparer.Ordinal)];
        var active = schemas.Concat(FlowControlDefaults.MandatorySchemas.Where(m => schemas.All(s => s.Metadata.Name != m.Metadata.Name)))
            .Where(s => objects.ContainsKey(s.Spec?.PriorityLevelConfiguration?.Name ?? ""))
            .OrderBy(s => s.Spec?.MatchingPrecedence ?? 0).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal)
            .Select(s => new ActiveFlowSchema(s, _byName[s.Spec!.PriorityLevelConfiguration!.Name!]))
            .ToList();
        return new(version, active, [.. objects.Values.Select(o => (_byName[o.Metadata.Name!], o))], active.First(s => s.Name == FlowControlDefaults.CatchAll));
    }
}

/// <summary>How much is worked on at once.</summary>
/// <param name="Seats">Seats of all limited levels together.</param>
internal sealed record FlowControlLimits(int Seats)
{
    /// <summary>Upstream's 400 for reads and 200 for writes.</summary>
    public const int DefaultSeats = 600;
}
