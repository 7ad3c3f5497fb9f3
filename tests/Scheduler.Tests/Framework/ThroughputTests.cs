using System.Diagnostics;
using Platform.Scheduler.Framework;

namespace Platform.Scheduler.Tests.Framework;

/// <summary>
/// The decision alone, without API server. The rate is shown (upstream's benchmark floor is 680 pods/s at 5,000 nodes) and depends on what
/// else the machine does; the memory that a decision takes does not, so that is what is held to a bound.
/// </summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1000, 5000)]
    [InlineData(5000, 2000)]
    public void A_decision_takes_little_memory(int nodes, int pods)
    {
        const long MaxBytes = 100 * 1024;
        var cache = Make.Cache([.. Enumerable.Range(0, nodes).Select(i => Make.Node("n" + i, cpu: "8", memory: "32Gi"))]);
        var placer = new Placer(new(1));
        var infos = Enumerable.Range(0, pods).Select(i => Make.Pod("p" + i, cpu: "100m", memory: "128Mi").Info()).ToArray();
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var pod in infos)
            cache.Assume(pod, placer.Place(pod, cache.Snapshot()).Node!);
        var perSecond = pods / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / pods;
        output.WriteLine($"{nodes} nodes: {perSecond:F0} decisions/s, {bytes} bytes each");
        bytes.ShouldBeLessThan(MaxBytes);
    }
}
