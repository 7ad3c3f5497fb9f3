using Platform.Api;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Resources;

/// <summary>Translates requests and limits into what cgroups understand.</summary>
internal static class ContainerLimits
{
    private const long SharesPerCpu = 1024;
    private const long MinShares = 2;
    private const long MaxShares = 262144;
    private const long PeriodMicroseconds = 100_000;
    private const long MinQuotaMicroseconds = 1_000;

    /// <summary>Scores that tell the kernel whom to kill first when memory runs out.</summary>
    private const int GuaranteedOomScore = -997;
    private const int BestEffortOomScore = 1000;

    /// <summary>Share of the processor when it is contended for.</summary>
    public static long Shares(long milliCpu) => milliCpu == 0 ? MinShares : Math.Clamp(milliCpu * SharesPerCpu / 1000, MinShares, MaxShares);

    /// <summary>Microseconds of processor time per <see cref="Period"/>; 0 for no limit.</summary>
    public static long Quota(long milliCpu) => milliCpu == 0 ? 0 : Math.Max(milliCpu * PeriodMicroseconds / 1000, MinQuotaMicroseconds);

    public static long Period => PeriodMicroseconds;

    public static ContainerResources Of(PodSpec pod, Container container, string qos, long nodeMemoryBytes)
    {
        var requests = container.Resources?.Requests;
        var limits = container.Resources?.Limits;
        var cpuLimit = Milli(limits, "cpu");
        return new()
        {
            // A limit without a request stands for both.
            CpuShares = Shares(requests?.ContainsKey("cpu") == true ? Milli(requests, "cpu") : cpuLimit),
            CpuQuota = Quota(cpuLimit),
            CpuPeriod = PeriodMicroseconds,
            MemoryLimitBytes = Bytes(limits, "memory"),
            OomScoreAdjust = OomScore(pod, qos, Bytes(requests, "memory"), nodeMemoryBytes),
        };
    }

    internal static int OomScore(PodSpec pod, string qos, long requestedBytes, long nodeMemoryBytes)
    {
        const int systemNodeCritical = 2000001000;
        if (pod.Priority >= systemNodeCritical || qos == QosClass.Guaranteed)
            return GuaranteedOomScore;
        if (qos == QosClass.BestEffort)
            return BestEffortOomScore;
        // The more of the node's memory is requested, the later the container is killed.
        var score = BestEffortOomScore - (int)(BestEffortOomScore * requestedBytes / Math.Max(nodeMemoryBytes, 1));
        return Math.Clamp(score, BestEffortOomScore + GuaranteedOomScore, BestEffortOomScore - 1);
    }

    public static long Milli(IReadOnlyDictionary<string, Quantity>? amounts, string resource) =>
        amounts is not null && amounts.TryGetValue(resource, out var amount) ? amount.MilliValue : 0;

    public static long Bytes(IReadOnlyDictionary<string, Quantity>? amounts, string resource) =>
        amounts is not null && amounts.TryGetValue(resource, out var amount) ? amount.Value : 0;
}
