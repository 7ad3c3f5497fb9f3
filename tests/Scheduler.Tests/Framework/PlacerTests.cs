using Platform.Scheduler.Framework;

namespace Platform.Scheduler.Tests.Framework;

public sealed class PlacerTests
{
    [Fact]
    public void A_pod_that_fits_nowhere_is_told_why_in_upstreams_words()
    {
        var cache = Make.Cache(
            Make.Node("a", cpu: "100m"),
            Make.Node("b", taints: [Make.Taint("k", "v")]),
            Make.Node("c", taints: [Make.Taint("k", "v")]));
        var placement = new Placer(new(1)).Place(Make.Pod("p", cpu: "1").Info(), cache.Snapshot());
        placement.Node.ShouldBeNull();
        placement.Diagnosis.Message(placement.Nodes).ShouldBe("0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {k: v}.");
        placement.Diagnosis.WokenBy.ShouldBe(
            ClusterEvents.NodeAdded | ClusterEvents.NodeTaints | ClusterEvents.NodeAllocatable | ClusterEvents.PodRemoved | ClusterEvents.PodUpdated);
    }

    [Fact]
    public void Without_nodes_there_is_nothing_to_say_about_them()
    {
        var placement = new Placer(new(1)).Place(Make.Pod("p").Info(), Make.Cache().Snapshot());
        placement.Diagnosis.Message(placement.Nodes).ShouldBe("no nodes available to schedule pods");
    }

    [Fact]
    public void Pods_spread_over_equal_nodes()
    {
        var cache = Make.Cache([.. Enumerable.Range(0, 10).Select(i => Make.Node("n" + i))]);
        var placer = new Placer(new(1));
        for (var i = 0; i < 100; i++)
        {
            var pod = Make.Pod("p" + i, cpu: "100m", memory: "128Mi").Info();
            cache.Assume(pod, placer.Place(pod, cache.Snapshot()).Node!);
        }
        cache.Snapshot().Nodes.ShouldAllBe(node => node.Pods.Length == 10);
    }

    [Fact]
    public void No_node_is_ever_overcommitted()
    {
        var cache = Make.Cache([.. Enumerable.Range(0, 5).Select(i => Make.Node("n" + i, cpu: "2"))]);
        var placer = new Placer(new(1));
        var random = new Random(7);
        var placed = 0;
        for (var i = 0; i < 200; i++)
        {
            var pod = Make.Pod("p" + i, cpu: $"{random.Next(50, 400)}m").Info();
            if (placer.Place(pod, cache.Snapshot()).Node is not { } node)
                continue;
            cache.Assume(pod, node);
            placed++;
        }
        placed.ShouldBeGreaterThan(20);
        cache.Snapshot().Nodes.ShouldAllBe(node => node.Requested.MilliCpu <= 2000);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(100, 100)]
    [InlineData(1000, 420)]
    [InlineData(5000, 500)]
    [InlineData(20000, 1000)]
    public void Only_a_share_of_many_nodes_is_looked_at(int nodes, int enough) => Placer.Enough(nodes).ShouldBe(enough);
}
