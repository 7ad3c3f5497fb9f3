namespace Platform.Cluster.Tests;

/// <summary>What a new user does, step by step, against all services in one process.</summary>
public sealed class StandaloneSessionTests() : SessionTests();

/// <summary>The same against the app host's composition: each service a process, state in etcd.</summary>
public sealed class MicroservicesSessionTests() : SessionTests("--microservices");

/// <summary>A user's session with real kubectl, containerd and nftables.</summary>
public abstract class SessionTests(params string[] options)
{
    [Fact]
    public async Task A_user_deploys_looks_scales_updates_and_deletes()
    {
        Assert.SkipWhen(Checkout.ContainersUnavailable is not null, Checkout.ContainersUnavailable ?? "");
        await using var cluster = await RunningCluster.StartAsync(options);
        await cluster.KubectlAsync("apply", "-f", "examples/hello.yaml");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        (await cluster.KubectlAsync("get", "pods", "-o", "wide")).Split("Running").Length.ShouldBe(4);
        var events = await cluster.KubectlAsync("get", "events");
        foreach (var reason in (string[])["ScalingReplicaSet", "SuccessfulCreate", "Scheduled", "Pulled", "Created", "Started"])
            events.ShouldContain(reason);

        var address = (await cluster.KubectlAsync("get", "service", "hello", "-o", "jsonpath={.spec.clusterIP}")).Trim();
        using var client = new ServiceClient(address);
        (await client.AnswersAsync(60)).Count.ShouldBe(3, "all replicas answer in turn");

        (await cluster.KubectlAsync("logs", "deploy/hello")).ShouldContain("serves port 8080");
        (await cluster.KubectlAsync("exec", "deploy/hello", "--", "ls", "/")).ShouldContain("www");
        await cluster.KubectlAsync("scale", "deploy/hello", "--replicas=5");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=60s");

        await UpdateWithoutAFailedRequestAsync(cluster, client);
        await ReplaceDeletedPodsAsync(cluster);
        await TraceReachesTheContainersAsync(cluster);

        await cluster.KubectlAsync("delete", "-f", "examples/hello.yaml");
        await Eventually.AnswersAsync(
            () => cluster.KubectlAsync("get", "all,endpointslices", "-l", "app=hello", "-o", "name"), string.IsNullOrWhiteSpace, "objects are left");
        await Eventually.AnswersAsync(() => Containers.OfPodsAsync(cluster, "hello-"), c => c.Count == 0, "containers are left");
    }

    [Fact]
    public async Task A_rollout_survives_the_sudden_death_of_the_whole_platform()
    {
        Assert.SkipWhen(Checkout.ContainersUnavailable is not null, Checkout.ContainersUnavailable ?? "");
        await using var cluster = await RunningCluster.StartAsync(options);
        await cluster.KubectlAsync("create", "deployment", "steady", "--image=platform.local/hello:1", "--replicas=2");
        await cluster.KubectlAsync("apply", "-f", "examples/hello.yaml");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        await cluster.KubectlAsync("rollout", "status", "deploy/steady", "--timeout=60s");
        var before = await Containers.OfPodsAsync(cluster, "steady-");

        await cluster.KubectlAsync("set", "env", "deploy/hello", "COLOUR=green");
        cluster.Kill();
        (await Containers.OfPodsAsync(cluster, "steady-")).ShouldBe(before, "containers do not need the platform");
        await cluster.UpAsync();

        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=120s");
        (await cluster.KubectlAsync("get", "pods", "-l", "app=hello", "-o", "jsonpath={.items[*].spec.containers[0].env[0].value}")).ShouldContain("green");
        await cluster.KubectlAsync("rollout", "status", "deploy/steady", "--timeout=60s");
        (await Containers.OfPodsAsync(cluster, "steady-")).ShouldBe(before, "no running container was restarted");
        (await cluster.KubectlAsync("get", "pods", "-l", "app=steady", "-o", "jsonpath={.items[*].status.containerStatuses[*].restartCount}"))
            .Split(' ').ShouldAllBe(count => count == "0");
    }

    private static async Task UpdateWithoutAFailedRequestAsync(RunningCluster cluster, ServiceClient client)
    {
        using var stop = new CancellationTokenSource();
        var hammering = client.HammerAsync(stop.Token);
        await cluster.KubectlAsync("set", "env", "deploy/hello", "COLOUR=blue");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=120s");
        await stop.CancelAsync();
        var (sent, failures) = await hammering;
        sent.ShouldBeGreaterThan(20);
        failures.ShouldBeEmpty();
        (await client.GetAsync()).ShouldEndWith("in blue");
    }

    private static async Task ReplaceDeletedPodsAsync(RunningCluster cluster)
    {
        var before = await cluster.KubectlAsync("get", "pods", "-l", "app=hello", "-o", "name");
        await cluster.KubectlAsync("delete", "pod", "-l", "app=hello");
        await cluster.KubectlAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        var after = await cluster.KubectlAsync("get", "pods", "-l", "app=hello", "-o", "name");
        after.Split('\n', StringSplitOptions.RemoveEmptyEntries).Intersect(before.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ShouldBeEmpty();
    }

    private static async Task TraceReachesTheContainersAsync(RunningCluster cluster)
    {
        var tree = await Eventually.AnswersAsync(
            async () => (await cluster.PlatformAsync("trace", "deploy/hello", "--all")).All, text => text.Contains("NodeAgent:"),
                "the trace does not reach the node agent");
        foreach (var service in (string[])["ApiServer:", "Controller:", "Scheduler:", "NodeAgent:"])
            tree.ShouldContain(service);
    }
}
