using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Holds pods back until whoever put gates on them has taken them all away.</summary>
internal sealed class SchedulingGates : IPreEnqueuePlugin
{
    public string Name => "SchedulingGates";

    public string? Refuse(PodInfo pod) => pod.Spec.SchedulingGates is { Count: > 0 } gates
        ? $"waiting for scheduling gates: [{string.Join(' ', gates.Select(gate => gate.Name))}]"
        : null;
}
