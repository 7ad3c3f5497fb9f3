using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.Scheduler.Tests.Snapshot;

public sealed class ClusterCacheTests
{
    [Fact]
    public void A_snapshot_does_not_change_and_shares_what_did_not_change()
    {
        var cache = Make.Cache(Make.Node("a"), Make.Node("b"));
        var before = cache.Snapshot();
        cache.Assume(Make.Pod("p", cpu: "1").Info(), "a");
        var after = cache.Snapshot();
        before.Nodes[0].Pods.ShouldBeEmpty();
        after.Nodes[0].Requested.MilliCpu.ShouldBe(1000);
        after.Nodes[1].ShouldBeSameAs(before.Nodes[1]);
        after.Version.ShouldBeGreaterThan(before.Version);
    }

    [Fact]
    public void An_assumed_pod_can_be_forgotten_until_the_watch_confirms_it()
    {
        var cache = Make.Cache(Make.Node("a"));
        var pod = Make.Pod("p", cpu: "1");
        cache.Assume(pod.Info(), "a");
        cache.Forget(pod.Info());
        cache.Snapshot().Nodes[0].Requested.MilliCpu.ShouldBe(0);
        cache.Assume(pod.Info(), "a");
        cache.SetPod(pod.On("a"));
        cache.Forget(pod.Info());
        cache.Snapshot().Nodes[0].Requested.MilliCpu.ShouldBe(1000);
        cache.RemovePod(pod.On("a"));
        cache.Snapshot().Nodes[0].Pods.ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_seen_before_its_node_is_counted_when_the_node_comes()
    {
        var cache = Make.Cache();
        cache.SetPod(Make.Pod("p", cpu: "1").On("a"));
        cache.SetNode(Make.Node("a"));
        cache.Snapshot().Nodes[0].Requested.MilliCpu.ShouldBe(1000);
        cache.RemoveNode("a");
        cache.SetNode(Make.Node("a"));
        cache.Snapshot().Nodes[0].Requested.MilliCpu.ShouldBe(1000);
    }

    [Fact]
    public void A_newer_node_keeps_its_pods()
    {
        var cache = Make.Cache(Make.Node("a", cpu: "1"));
        cache.SetPod(Make.Pod("p", cpu: "1").On("a"));
        cache.SetNode(Make.Node("a", cpu: "8"));
        var node = cache.Snapshot().Nodes.ShouldHaveSingleItem();
        node.Allocatable.MilliCpu.ShouldBe(8000);
        node.Pods.Length.ShouldBe(1);
    }

    [Fact]
    public void Init_containers_count_by_their_largest_beside_the_sidecars_before_them()
    {
        var pod = Make.Pod("p", cpu: "100m", spec: s => s with
        {
            InitContainers = [Container("500m"), Container("50m", sidecar: true), Container("700m"), Container("20m", sidecar: true)],
            Overhead = new Dictionary<string, Quantity> { ["cpu"] = "5m" },
        });
        pod.Info().Requests.MilliCpu.ShouldBe(755);
    }

    [Fact]
    public void Sidecars_count_with_the_containers_they_run_beside()
    {
        var pod = Make.Pod("p", cpu: "400m", spec: s => s with { InitContainers = [Container("50m", sidecar: true), Container("100m")] });
        pod.Info().Requests.MilliCpu.ShouldBe(450);
    }

    [Fact]
    public void Adding_and_taking_away_at_random_ends_where_it_began()
    {
        var random = new Random(4);
        var cache = Make.Cache(Make.Node("a"), Make.Node("b"), Make.Node("c"));
        Dictionary<string, Pod> there = [];
        for (var i = 0; i < 2000; i++)
        {
            var name = "p" + random.Next(40);
            if (there.Remove(name, out var pod))
                cache.RemovePod(pod);
            else
                cache.SetPod(there[name] = Make.Pod(name, cpu: $"{random.Next(100)}m", memory: "1Mi").On("abc"[random.Next(3)].ToString()));
            cache.Snapshot().Nodes.Sum(node => node.Requested.MilliCpu).ShouldBe(there.Values.Sum(p => p.Info().Requests.MilliCpu));
        }
    }

    private static Container Container(string cpu, bool sidecar = false) => new()
    {
        Resources = new() { Requests = new Dictionary<string, Quantity> { ["cpu"] = cpu } },
        RestartPolicy = sidecar ? "Always" : null,
    };
}
