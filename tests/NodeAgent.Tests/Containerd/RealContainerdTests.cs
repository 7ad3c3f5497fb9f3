using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Tests.Support;

namespace Platform.NodeAgent.Tests.Containerd;

/// <summary>The node agent's pods on a real containerd.</summary>
public sealed class RealContainerdTests(ContainerdFixture fixture, ITestOutputHelper output) : IClassFixture<ContainerdFixture>
{
    [Fact]
    public async Task A_pod_runs_gets_an_address_writes_its_log_and_is_gone_after_its_deletion()
    {
        Assert.SkipWhen(ContainerdFixture.WhyNot is not null, ContainerdFixture.WhyNot ?? "");
        await using var harness = new PodHarness(fixture.Runtime, TimeProvider.System, fixture.Layout, fixture.Cgroups);
        var pod = TestPods.Pod("real", new Container
        {
            Name = "main",
            Image = ContainerdFixture.Image,
            Command = ["/bin/sh", "-c", "echo hello from $(POD_NAME) $POD_NAME; exec sleep 1000"],
            Env = [new() { Name = "POD_NAME", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.name" } } }],
            Resources = new() { Limits = new Dictionary<string, Api.Quantity> { ["memory"] = new("64Mi"), ["cpu"] = new("500m") } },
        });
        var since = Stopwatch.GetTimestamp();
        harness.Workers.Set(pod, default);
        var status = await harness.UntilAsync("real-uid", s => s.Condition("Ready") == "True", "Ready");
        output.WriteLine($"start to Ready: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        status.Phase.ShouldBe("Running");
        status.PodIP.ShouldStartWith("10.231.77.");
        var log = Path.Combine(fixture.Layout.PodLogs(new("default", "real", "real-uid")), "main", "0.log");
        (await File.ReadAllTextAsync(log)).ShouldContain("hello from real real");

        since = Stopwatch.GetTimestamp();
        harness.Workers.Set(pod.Deleted(DateTimeOffset.UnixEpoch, 1), default);
        await harness.Api.DeletionOf("real-uid").WaitAsync(Eventually.Patience);
        output.WriteLine($"deletion to gone: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        (await fixture.Runtime.ObservePodAsync("real-uid", CancellationToken.None)).Sandboxes.ShouldBeEmpty();
        Directory.Exists(fixture.Layout.Pod("real-uid")).ShouldBeFalse();
    }

    [Fact]
    public async Task Volumes_environment_limits_and_last_words_reach_the_container()
    {
        Assert.SkipWhen(ContainerdFixture.WhyNot is not null, ContainerdFixture.WhyNot ?? "");
        await using var harness = new PodHarness(fixture.Runtime, TimeProvider.System, fixture.Layout, fixture.Cgroups);
        harness.Objects.ConfigMaps["settings"] = new() { Data = new Dictionary<string, string> { ["colour"] = "blue" } };
        harness.Objects.Secrets["keys"] = new() { Data = new Dictionary<string, byte[]> { ["key"] = "hidden"u8.ToArray() } };
        var pod = TestPods.Pod("volumes", new Container
        {
            Name = "main",
            Image = ContainerdFixture.Image,
            Command =
            [
                "/bin/sh", "-c",
                "cat /config/colour /secret/key /one /token/token > /cache/all; "
                    + "ls -l /dev/shm >/dev/null; id -u >> /cache/all; cat /cache/all > /dev/termination-log; exit 3",
            ],
            VolumeMounts =
            [
                new() { Name = "config", MountPath = "/config" }, new() { Name = "secret", MountPath = "/secret" },
                new() { Name = "cache", MountPath = "/cache" }, new() { Name = "config", MountPath = "/one", SubPath = "colour" },
                new() { Name = "token", MountPath = "/token" },
            ],
            SecurityContext = new() { RunAsUser = 1234, AllowPrivilegeEscalation = false, Capabilities = new() { Drop = ["ALL"] } },
        });
        pod = pod with
        {
            Spec = pod.Spec! with
            {
                RestartPolicy = "Never",
                SecurityContext = new() { FsGroup = 4321 },
                Volumes =
                [
                    new() { Name = "config", ConfigMap = new() { Name = "settings" } }, new() { Name = "secret", Secret = new() { SecretName = "keys", DefaultMode = 256 } },
                    new() { Name = "cache", EmptyDir = new() { Medium = "Memory" } },
                    new() { Name = "token", Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "token" } }] } },
                ],
            },
        };
        harness.Workers.Set(pod, default);
        var status = await harness.UntilAsync("volumes-uid", s => s.Phase == "Failed", "Failed");
        var ended = status.ContainerStatuses![0].State!.Terminated!;
        ended.ExitCode.ShouldBe(3);
        ended.Message.ShouldBe("bluehiddenbluetoken-11234\n");
        harness.Workers.Set(pod.Deleted(DateTimeOffset.UnixEpoch, 1), default);
        await harness.Api.DeletionOf("volumes-uid").WaitAsync(Eventually.Patience);
        Platform.NodeAgent.Volumes.PosixCalls.MountsBelow(fixture.Layout.Pods).ShouldBeEmpty();
    }

    [Fact]
    public async Task Containers_survive_the_agent_and_the_death_of_containerd()
    {
        Assert.SkipWhen(ContainerdFixture.WhyNot is not null, ContainerdFixture.WhyNot ?? "");
        using var stop = new CancellationTokenSource();
        var pod = TestPods.Pod("kept", TestPods.Container(image: ContainerdFixture.Image));
        string? id;
        await using (var first = new PodHarness(fixture.Runtime, TimeProvider.System, fixture.Layout, fixture.Cgroups))
        {
            first.Workers.Set(pod, default);
            id = (await first.UntilAsync("kept-uid", s => s.Condition("Ready") == "True", "Ready")).ContainerStatuses![0].ContainerID;
        }

        var supervision = fixture.Supervisor.SuperviseAsync(stop.Token);
        var before = fixture.Supervisor.FindRunning()!;
        before.Kill();
        await before.WaitForExitAsync(new CancellationTokenSource(Eventually.Patience).Token);
        await using var second = new PodHarness(fixture.Runtime, TimeProvider.System, fixture.Layout, fixture.Cgroups);
        second.Workers.Set(pod, default);
        var status = await second.UntilAsync("kept-uid", s => s.Condition("Ready") == "True", "Ready again");
        status.ContainerStatuses![0].ContainerID.ShouldBe(id);
        status.ContainerStatuses[0].RestartCount.ShouldBe(0);
        fixture.Supervisor.FindRunning()!.Id.ShouldNotBe(before.Id);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => supervision);
        second.Workers.Set(pod.Deleted(DateTimeOffset.UnixEpoch, 1), default);
        await second.Api.DeletionOf("kept-uid").WaitAsync(Eventually.Patience);
    }
}
