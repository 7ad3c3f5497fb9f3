using Platform.Api.Apps.V1;
using Platform.Api.Coordination.V1;

namespace Platform.ControllerManager.Tests;

/// <summary>Two controller managers, of which the one that holds the lease works.</summary>
public sealed class StandbyTests
{
    [Fact]
    public async Task Who_stood_by_carries_on_with_what_the_leader_left()
    {
        await using var cluster = await TestCluster.StartAsync(controllers: false);
        await cluster.StartControllersAsync(elected: true);
        await CreateAsync("done");
        await cluster.UntilAsync<ReplicaSet>(all => all.Count == 1, because: "the leader does not work");
        await cluster.StartControllersAsync(elected: true);

        await cluster.StopControllersAsync();
        // Nobody leads, and the one that stands by lets go of what it is told: it has to find this.
        await CreateAsync("left");
        await cluster.UntilAsync<ReplicaSet>(all => all.Count == 2, because: "the next leader does not see what there is");
        await CreateAsync("new");
        await cluster.UntilAsync<ReplicaSet>(all => all.Count == 3, because: "the next leader does not see what changes");
        var lease = await cluster.Api.Resource<Lease>().GetAsync("kube-system", "kube-controller-manager");
        lease.Spec!.LeaseTransitions.ShouldBe(1);

        Task CreateAsync(string name)
        {
            var deployment = Samples.Deployment(replicas: 1);
            return cluster.CreateAsync(deployment with { Metadata = new() { Namespace = "default", Name = name } });
        }
    }
}
