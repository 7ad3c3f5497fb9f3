using System.Text.Json.Nodes;

namespace Platform.Cluster.Tests.Commands;

/// <summary>Real Helm with pods that run: it waits for what it installs, runs hooks and tests as pods, and takes back what does not come up.</summary>
public sealed class HelmTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static readonly string Chart = Path.Combine(Checkout.Root, "tests/Cluster.Tests/Charts/hello");

    private RunningCluster Cluster => shared.Cluster;

    [Fact]
    public async Task A_release_is_installed_tested_upgraded_rolled_back_and_uninstalled()
    {
        Checkout.Need("helm");
        await HelmAsync("install", "web", Chart, "--wait");
        (await ReadyAsync()).ShouldBe("2 of 2 in red", "install has waited");
        (await HelmAsync("test", "web", "--logs")).ShouldContain("in red");

        await HelmAsync("upgrade", "web", Chart, "--wait", "--reuse-values", "--set", "colour=blue");
        (await ReadyAsync()).ShouldBe("2 of 2 in blue");
        (await Cluster.TryKubectlAsync("get", "pod", "web-before")).All.ShouldContain("NotFound", Case.Sensitive, "the hook's pod has succeeded and is deleted");
        (await HelmAsync("test", "web", "--logs")).ShouldContain("in blue");

        await HelmAsync("upgrade", "web", Chart, "--wait", "--reuse-values", "--set", "replicas=3");
        (await ReadyAsync()).ShouldBe("3 of 3 in blue", "values of before are used again");

        var failed = await TryHelmAsync("upgrade", "web", Chart, "--atomic", "--timeout", "5s", "--reuse-values", "--set", "image=platform.local/missing:1");
        failed.ExitCode.ShouldBe(1);
        failed.Errors.ShouldContain("release web failed, and has been rolled back due to atomic being set");
        (await ReadyAsync()).ShouldBe("3 of 3 in blue");

        await HelmAsync("rollback", "web", "1", "--wait");
        (await ReadyAsync()).ShouldBe("2 of 2 in red");
        JsonNode.Parse(await HelmAsync("history", "web", "-o", "json"))!.AsArray().Select(r => (string?)r!["status"])
            .ShouldBe(["superseded", "superseded", "superseded", "failed", "superseded", "deployed"]);

        await HelmAsync("uninstall", "web", "--wait");
        (await HelmAsync("list", "--all", "--short")).ShouldBeEmpty();
        (await Cluster.KubectlAsync("get", "deploy,service", "-o", "name")).Trim().ShouldBe("service/kubernetes");
    }

    [Fact]
    public async Task A_test_that_fails_says_so()
    {
        Checkout.Need("helm");
        await HelmAsync("install", "bad", Chart, "--wait", "--set", "wanted=no-such-colour");
        var failed = await TryHelmAsync("test", "bad");
        failed.ExitCode.ShouldBe(1);
        failed.Errors.ShouldContain("pod bad-test failed");
        failed.Output.ShouldContain("Phase:          Failed");
        await HelmAsync("uninstall", "bad", "--wait");
    }

    private async Task<string> ReadyAsync()
    {
        var web = await Cluster.GetJsonAsync("deploy", "web");
        return $"{web["status"]!["readyReplicas"]} of {web["spec"]!["replicas"]} in {web["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"]}";
    }

    private Task<ShellResult> TryHelmAsync(params string[] arguments) => Cluster.TryAsync("helm", arguments);

    private async Task<string> HelmAsync(params string[] arguments) =>
        (await TryHelmAsync(arguments)).Succeeded("helm " + string.Join(' ', arguments));
}
