using Platform.Api.Apps.V1;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// How many pods a rolling update may have too many and too few. Percentages are of the wanted replicas, the surge rounded up and the
/// unavailable rounded down; where both come to nothing one pod may be unavailable, or the update could never begin.
/// </summary>
/// <param name="Replicas">Pods wanted.</param>
/// <param name="MaxSurge">Pods above that.</param>
/// <param name="MaxUnavailable">Pods that may be missing.</param>
internal readonly record struct RolloutBounds(int Replicas, int MaxSurge, int MaxUnavailable)
{
    /// <summary>Pods that may exist.</summary>
    public int MaxTotal => Replicas + MaxSurge;

    /// <summary>Pods that must be available.</summary>
    public int MinAvailable => Replicas - MaxUnavailable;

    public static RolloutBounds Of(Deployment deployment)
    {
        var replicas = Wanted(deployment);
        if (deployment.Spec?.Strategy?.Type == "Recreate")
            return new(replicas, 0, 0);
        var rolling = deployment.Spec?.Strategy?.RollingUpdate;
        var surge = (rolling?.MaxSurge ?? "25%").Scale(replicas, roundUp: true) ?? 0;
        var unavailable = (rolling?.MaxUnavailable ?? "25%").Scale(replicas, roundUp: false) ?? 0;
        if (surge == 0 && unavailable == 0)
            unavailable = 1;
        return new(replicas, surge, Math.Min(unavailable, replicas));
    }

    public static int Wanted(Deployment deployment) => deployment.Spec?.Replicas ?? 1;
}
