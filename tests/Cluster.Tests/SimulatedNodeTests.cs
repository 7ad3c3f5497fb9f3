namespace Platform.Cluster.Tests;

/// <summary>What works where no container can run: everything but the containers.</summary>
public sealed class SimulatedNodeTests
{
    [Fact]
    public async Task A_rollout_succeeds_and_every_place_says_that_containers_are_simulated()
    {
        Assert.SkipWhen(Checkout.KubectlUnavailable is not null, Checkout.KubectlUnavailable ?? "");
        await using var cluster = await RunningCluster.StartAsync("--runtime", "simulated");
        await cluster.KubectlAsync("apply", "-f", "examples/hello.yaml");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        (await cluster.KubectlAsync("get", "nodes", "-o", "wide")).ShouldContain("simulated://");
        (await cluster.KubectlAsync("logs", "deploy/hello")).ShouldContain("simulated");
        (await cluster.TryKubectlAsync("exec", "deploy/hello", "--", "ls")).All.ShouldContain("simulated");
        (await cluster.PlatformAsync("image", "build", "examples/hello", "-t", "x:1")).All.ShouldContain("no node that runs containers");
    }
}
