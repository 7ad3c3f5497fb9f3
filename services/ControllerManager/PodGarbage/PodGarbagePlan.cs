using Platform.Api.Core.V1;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.PodGarbage;

/// <summary>Which pods nobody else will ever remove.</summary>
internal static class PodGarbagePlan
{
    /// <summary>Finished pods that are kept; upstream's default.</summary>
    public const int MaxTerminated = 12_500;

    /// <summary>Time for which a node must be gone: it may only be registering anew.</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    /// <summary>Finished pods beyond the limit, the oldest first.</summary>
    public static IReadOnlyList<Pod> Surplus(IEnumerable<Pod> pods, int limit = MaxTerminated)
    {
        Pod[] finished = [.. pods.Where(PodStates.IsTerminal)];
        return finished.Length <= limit ? [] : [.. finished.OrderBy(p => p.Metadata.CreationTimestamp).ThenBy(p => p.Metadata.Name,
            StringComparer.Ordinal).Take(finished.Length - limit)];
    }

    /// <summary>A pod that is to go but was never given to a node: no node agent will confirm its end.</summary>
    public static bool IsUnscheduledTerminating(Pod pod) => pod.Metadata.DeletionTimestamp is not null && string.IsNullOrEmpty(pod.Spec?.NodeName);
}
