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
        await harness.Api.DeletionOf("real-uid").WaitAsync(TimeSpan.FromSeconds(60));
        output.WriteLine($"deletion to gone: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        (await fixture.Runtime.ObservePodAsync("real-uid", CancellationToken.None)).Sandboxes.ShouldBeEmpty();
        Directory.Exists(fixture.Layout.Pod("real-uid")).ShouldBeFalse();
    }
}
