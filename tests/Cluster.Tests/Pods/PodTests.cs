using System.Text.Json.Nodes;

namespace Platform.Cluster.Tests.Pods;

/// <summary>What pods can ask for, and whether containers get it, with real containers and kubectl.</summary>
public sealed class PodTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private RunningCluster Cluster => shared.Cluster;

    [Fact]
    public async Task Environment_and_volumes_reach_the_containers_and_follow_their_objects()
    {
        await Cluster.ApplyAsync("equipped.yaml");
        await ReadyAsync("equipped");
        var environment = (await ExecAsync("equipped", "env")).Split('\n');
        foreach (var line in (string[])["EARLY=see $(POD)", "LATE=see equipped not $(POD) nor $(NOTHING)", "POD=equipped",
            "LABEL=equipped", "SETTING=one", "PASSWORD=s3cret", "CPUS=1", "MEBIBYTES=64", "ALL_setting=one"])
            environment.ShouldContain(line);
        environment.ShouldNotContain(line => line.StartsWith("ABSENT=", StringComparison.Ordinal));
        (await ExecAsync("equipped", "cat", "/work/first", "/work/second", "/secret/password", "/one-file", "/info/cpu",
            "/all/below/setting")).ShouldBe("first\nfirst\ns3cretone1one");
        (await ExecAsync("equipped", "cat", "/work/neighbour")).Trim().ShouldBe("equipped", "containers share the host name and the volume");

        await Cluster.KubectlAsync("patch", "configmap", "equipment", "--patch", """{"data":{"setting":"two"}}""");
        await Cluster.KubectlAsync("label", "pod", "equipped", "tier=front");
        await EventuallyAsync(() => ExecAsync("equipped", "cat", "/config/setting", "/info/labels"), text => text.StartsWith("two") && text.Contains("tier=\"front\""));
    }

    [Fact]
    public async Task Limits_users_and_capabilities_are_the_kernels_affair()
    {
        await Cluster.ApplyAsync("confined.yaml");
        await ReadyAsync("confined");
        var seen = await ExecAsync("confined", "sh", "-c", "id; cat /proc/self/status; touch /here 2>&1; touch /work/mine && ls -ln /work");
        seen.ShouldContain("uid=1234 gid=2345 groups=77,2345,3456");
        seen.ShouldContain("CapEff:\t0000000000000000");
        seen.ShouldContain("Read-only file system");
        seen.ShouldContain("1234     3456");
        var status = await StatusAsync("confined");
        var id = ((string)status["containerStatuses"]![0]!["containerID"]!).Split("//")[1];
        var limit = Directory.EnumerateDirectories("/sys/fs/cgroup", id, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .SelectMany(folder => new[] { "memory.limit_in_bytes", "memory.max" }.Select(name => Path.Combine(folder, name))).First(File.Exists);
        (await File.ReadAllTextAsync(limit)).Trim().ShouldBe("67108864");
    }

    [Fact]
    public async Task Pods_that_end_say_how()
    {
        await Cluster.ApplyAsync("ending.yaml");
        (await EndedAsync("well", "Succeeded"))["message"]!.GetValue<string>().ShouldBe("farewell\n");
        ((int)(await EndedAsync("badly", "Failed"))["exitCode"]!).ShouldBe(3);
        ((string)(await EndedAsync("greedy", "Failed"))["reason"]!).ShouldBe("OOMKilled");
        await EndedAsync("second-try", "Succeeded");
        ((int)(await StatusAsync("second-try"))["containerStatuses"]![0]!["restartCount"]!).ShouldBe(1);
        await EventuallyAsync(() => StatusAsync("overdue"), s => (string?)s["phase"] == "Failed" && (string?)s["reason"] == "DeadlineExceeded");
        var helped = await EventuallyAsync(() => StatusAsync("helped"), s => (string?)s["phase"] == "Succeeded");
        helped["initContainerStatuses"]![0]!["state"]!["terminated"].ShouldNotBeNull("the sidecar ends with the others");
        await EventuallyAsync(() => StatusAsync("unprepared"), s => (string?)s["phase"] == "Failed" && s["initContainerStatuses"]![0]!["state"]!["terminated"] is not null);
    }

    [Theory]
    [InlineData("no-image", "ImagePullBackOff", "Failed to pull image \"registry.invalid/nothing:1\"")]
    [InlineData("never-pulled", "ErrImageNeverPull", "is not present with pull policy of Never")]
    [InlineData("no-name", "InvalidImageName", "couldn't parse image name")]
    [InlineData("no-settings", "CreateContainerConfigError", "configmap \"missing\" not found")]
    [InlineData("no-volume", "ContainerCreating", "MountVolume.SetUp failed for volume \"v\"")]
    [InlineData("no-program", "CrashLoopBackOff", "no such file or directory")]
    [InlineData("not-as-root", "CreateContainerConfigError", "image will run as root")]
    [InlineData("crashing", "CrashLoopBackOff", "Back-off restarting failed container c")]
    public async Task What_cannot_run_says_why(string pod, string reason, string why)
    {
        await Cluster.ApplyAsync("failing.yaml");
        var waiting = pod == "no-program" ? (string[])["RunContainerError", reason] : [reason];
        await EventuallyAsync(() => StatusAsync(pod), s => waiting.Contains((string?)s["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"]));
        await EventuallyAsync(() => Cluster.KubectlAsync("describe", "pod", pod), text => text[text.IndexOf("Events:", StringComparison.Ordinal)..].Contains(why));
    }

    [Fact]
    public async Task Hooks_run_and_grace_is_kept()
    {
        await Cluster.ApplyAsync("hooked.yaml");
        await ReadyAsync("hooked");
        await ReadyAsync("reader");
        await Cluster.KubectlAsync("delete", "pod", "hooked", "--timeout=30s");
        (await ExecAsync("reader", "cat", "/notes/all")).ShouldBe("started\nstopping\nstopped\n");
        var began = TimeProvider.System.GetTimestamp();
        await Cluster.KubectlAsync("delete", "pod", "stubborn", "--timeout=60s");
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5), "the grace period of two seconds is waited for");
    }

    [Fact]
    public async Task A_pods_token_is_known_to_the_API_and_one_for_another_audience_is_not()
    {
        await Cluster.ApplyAsync("tokens.yaml");
        await ReadyAsync("tokens");
        var own = await ExecAsync("tokens", "cat", "/var/run/secrets/kubernetes.io/serviceaccount/token");
        (await Cluster.KubectlAsync("auth", "whoami", "--token", own, "--kubeconfig", await Cluster.WithoutCertificateAsync()))
            .ShouldContain("system:serviceaccount:default:default");
        var other = await ExecAsync("tokens", "cat", "/other/token");
        (await Cluster.TryKubectlAsync("auth", "whoami", "--token", other, "--kubeconfig", await Cluster.WithoutCertificateAsync())).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task Files_are_copied_in_and_out()
    {
        await Cluster.ApplyAsync("tokens.yaml");
        await ReadyAsync("tokens");
        var file = Path.Combine(Cluster.Data, "copied");
        var content = new byte[300_000];
        new Random(7).NextBytes(content);
        await File.WriteAllBytesAsync(file, content);
        await Cluster.KubectlAsync("cp", file, "tokens:/tmp/copied");
        await Cluster.KubectlAsync("cp", "tokens:/tmp/copied", file + ".back");
        (await File.ReadAllBytesAsync(file + ".back")).ShouldBe(content);
    }

    private Task<string> ExecAsync(string pod, params string[] command) => Cluster.KubectlAsync(["exec", pod, "--", .. command]);

    private Task ReadyAsync(string pod) => Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=60s");

    private async Task<JsonNode> StatusAsync(string pod) => (await Cluster.GetJsonAsync("pod", pod))["status"]!;

    private async Task<JsonNode> EndedAsync(string pod, string phase)
    {
        var status = await EventuallyAsync(() => StatusAsync(pod), s => (string?)s["phase"] == phase);
        return status["containerStatuses"]![0]!["state"]!["terminated"]!;
    }

    private static Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted) => Eventually.AnswersAsync(ask, wanted, "not reached");
}
