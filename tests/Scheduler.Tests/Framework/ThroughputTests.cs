using System.Diagnostics;
using Platform.Scheduler.Framework;

namespace Platform.Scheduler.Tests.Framework;

/// <summary>The decision alone, without API server: what upstream's benchmark floors (680 pods/s at 5,000 nodes) leave out of account.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1000, 5000)]
    [InlineData(5000, 2000)]
    public void Decisions_per_second_are_far_above_upstreams_floor(int nodes, int pods)
    {
        const int Floor = 680;
        var cache = Make.Cache([.. Enumerable.Range(0, nodes).Select(i => Make.Node("n" + i, cpu: "8", memory: "32Gi"))]);
        var placer = new Placer(new(1));
        var infos = Enumerable.Range(0, pods).Select(i => Make.Pod("p" + i, cpu: "100m", memory: "128Mi").Info()).ToArray();
        var started = Stopwatch.GetTimestamp();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        foreach (var pod in infos)
            cache.Assume(pod, placer.Place(pod, cache.Snapshot()).Node!);
        var perSecond = pods / Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine($"{nodes} nodes: {perSecond:F0} decisions/s, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / pods} bytes each");
        perSecond.ShouldBeGreaterThan(Floor);
    }
}
