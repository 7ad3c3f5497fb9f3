using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.ControllerManager.NodeLifecycle;

namespace Platform.ControllerManager.Tests;

/// <summary>Nodes that join and fall silent, on the real API server under a clock that only the test moves.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task Joining_nodes_get_ranges_of_their_own()
    {
        await using var cluster = await TestCluster.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => cluster.CreateAsync(new Node { Metadata = new() { Name = "n" + i } })));
        var nodes = await cluster.UntilAsync<Node>(all => all.Count == 5 && all.All(n => !string.IsNullOrEmpty(n.Spec?.PodCIDR)), "");
        nodes.Select(n => n.Spec!.PodCIDR).Distinct().Count().ShouldBe(5);
        nodes.ShouldAllBe(n => n.Spec!.PodCIDR!.StartsWith("10.64.") && n.Spec.PodCIDR.EndsWith("/24"));
    }

    [Fact]
    public async Task A_silent_node_is_given_up_and_its_pods_leave()
    {
        var clock = new TestClock();
        await using var cluster = await TestCluster.StartAsync(clock);
        foreach (var name in new[] { "alive", "dead" })
        {
            await cluster.CreateAsync(new Node
            {
                Metadata = new() { Name = name },
                Status = new() { Conditions = [new() { Type = "Ready", Status = "True", LastHeartbeatTime = clock.GetUtcNow(), LastTransitionTime = clock.GetUtcNow() }] },
            });
            await Client.ConflictRetry.UpdateStatusWithRetryAsync(cluster.Api.Resource<Node>(), null, name, n => n with
            {
                Status = new() { Conditions = [new() { Type = "Ready", Status = "True", LastHeartbeatTime = clock.GetUtcNow(), LastTransitionTime = clock.GetUtcNow() }] },
            });
        }
        await cluster.CreateAsync(new Lease { Metadata = new() { Name = "alive", Namespace = "kube-node-lease" }, Spec = new() { RenewTime = clock.GetUtcNow() } });
        await cluster.UntilAsync<ServiceAccount>(all => all.Any(a => a.Metadata.Name == "default"));
        var pod = Samples.Pod("p", node: "dead") with { Metadata = new() { Name = "p", Namespace = "default" } };
        await cluster.CreateAsync(pod with { Spec = Samples.Template().Spec! with { NodeName = "dead", TerminationGracePeriodSeconds = 30 } });
        await Client.ConflictRetry.UpdateStatusWithRetryAsync(cluster.Api.Resource<Pod>(), "default", "p", p => p with { Status = pod.Status });
        await cluster.UntilAsync<Node>(all => all.Count == 2 && all.All(n => !string.IsNullOrEmpty(n.Spec?.PodCIDR)), "");

        using var stop = new CancellationTokenSource();
        var passing = PassTimeAsync(cluster, clock, stop.Token);
        await cluster.UntilAsync<Node>(all => all.Single(n => n.Metadata.Name == "dead") is { } dead
            && NodeHealth.Condition(dead, "Ready")?.Status == "Unknown"
            && dead.Spec?.Taints?.Count(t => t.Key == NodePlan.UnreachableTaint) == 2, "", "the dead node was never given up");
        await cluster.UntilAsync<Pod>(all => all.Single(p => p.Metadata.Name == "p").Metadata.DeletionTimestamp is not null, because: "the pod was never evicted");
        await stop.CancelAsync();
        await passing;
        NodeHealth.IsReady(await cluster.Api.Resource<Node>().GetAsync(null, "alive")).ShouldBeTrue();
        var evicted = await cluster.Api.Resource<Pod>().GetAsync("default", "p");
        evicted.Status!.Conditions!.Single(c => c.Type == "Ready").Status.ShouldBe("False");
        evicted.Status.Conditions!.ShouldContain(c => c.Type == "DisruptionTarget" && c.Reason == "DeletionByTaintManager");
    }

    /// <summary>Time passes in steps of a second; after each the living node renews its lease.</summary>
    private static async Task PassTimeAsync(TestCluster cluster, TestClock clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Client.ConflictRetry.UpdateWithRetryAsync(cluster.Api.Resource<Lease>(), "kube-node-lease", "alive",
                l => l with { Spec = l.Spec! with { RenewTime = clock.GetUtcNow() } }, CancellationToken.None);
        }
    }
}
