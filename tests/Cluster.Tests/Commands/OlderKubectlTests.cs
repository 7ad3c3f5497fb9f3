namespace Platform.Cluster.Tests.Commands;

/// <summary>Debian's kubectl, twelve versions older than the API: what needs running containers, with sessions by SPDY.</summary>
public sealed class OlderKubectlTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private RunningCluster Cluster => shared.Cluster;

    [Fact]
    public async Task Rollouts_sessions_and_drains_work()
    {
        Checkout.Need("kubectl-debian");
        await RunAsync("apply", "-f", "examples/hello.yaml");
        (await RunAsync("rollout", "status", "deploy/hello", "--timeout=60s")).ShouldContain("successfully rolled out");
        (await RunAsync("exec", "deploy/hello", "--", "cat", "/www/index.html")).ShouldContain("hello from hello-");
        (await Cluster.TryAsync("kubectl-debian", "exec", "deploy/hello", "--", "sh", "-c", "exit 3")).Errors.ShouldContain("exit code 3");
        (await RunAsync("logs", "-l", "app=hello", "--prefix")).ShouldContain("serves port 8080");
        (await RunAsync("describe", "node")).ShouldContain("Non-terminated Pods:          (3 in total)");

        var pod = (await RunAsync("get", "pods", "-l", "app=hello", "-o", "jsonpath={.items[0].metadata.name}")).Trim();
        // A flag is set unless it is absent, false or 0: this is how Python's client writes it.
        (await RunAsync("get", "--raw", $"/api/v1/namespaces/default/pods/{pod}/log?timestamps=True")).ShouldMatch(@"^\d{4}-\d\d-\d\dT[^ ]+Z hello: ");
        var file = Path.Combine(Cluster.Data, "copied");
        await File.WriteAllTextAsync(file, "there and back");
        await RunAsync("cp", file, $"{pod}:/tmp/copied");
        await RunAsync("cp", $"{pod}:/tmp/copied", file + ".back");
        (await File.ReadAllTextAsync(file + ".back")).ShouldBe("there and back");

        await RunAsync("set", "env", "deploy/hello", "COLOUR=blue");
        await RunAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        await RunAsync("rollout", "undo", "deploy/hello");
        await RunAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        (await RunAsync("rollout", "history", "deploy/hello")).ShouldContain("3");

        var node = (await RunAsync("get", "nodes", "-o", "name")).Trim().Split('/')[1];
        (await RunAsync("drain", node, "--timeout=60s")).ShouldContain($"node/{node} evicted");
        (await RunAsync("get", "nodes")).ShouldContain("Ready,SchedulingDisabled");
        await RunAsync("uncordon", node);
        await RunAsync("rollout", "status", "deploy/hello", "--timeout=60s");
        await RunAsync("delete", "-f", "examples/hello.yaml");
    }

    private async Task<string> RunAsync(params string[] arguments) =>
        (await Cluster.TryAsync("kubectl-debian", arguments)).Succeeded("kubectl-debian " + string.Join(' ', arguments));
}
