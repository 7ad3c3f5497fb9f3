using Platform.Api.Core.V1;

namespace Platform.ControllerManager.Workloads;

/// <summary>What controllers ask about a pod.</summary>
internal static class PodStates
{
    public static PodCondition? Condition(Pod pod, string type) => pod.Status?.Conditions?.FirstOrDefault(c => c.Type == type);

    public static bool IsReady(Pod pod) => Condition(pod, "Ready")?.Status == "True";

    /// <summary>Phase Succeeded or Failed: its containers will not run again.</summary>
    public static bool IsTerminal(Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";

    /// <summary>Counts as a replica: neither finished nor on its way out.</summary>
    public static bool IsActive(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null;

    /// <summary>Ready, and for at least the given time.</summary>
    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) => UntilAvailable(pod, minReadySeconds, now) == TimeSpan.Zero;

    /// <summary>How long a ready pod still has to stay ready until it counts as available; null when it is not ready.</summary>
    public static TimeSpan? UntilAvailable(Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        if (Condition(pod, "Ready") is not { Status: "True" } ready)
            return null;
        if (minReadySeconds == 0)
            return TimeSpan.Zero;
        // A ready pod without a time has been ready since an unknown moment: start counting now.
        var wait = (ready.LastTransitionTime ?? now) + TimeSpan.FromSeconds(minReadySeconds) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
