using Platform.Grpc;

namespace Platform.Cri.Tests;

/// <summary>The client against a real containerd.</summary>
public sealed class CriClientTests(OwnContainerd containerd) : IClassFixture<OwnContainerd>
{
    private CriClient Client
    {
        get
        {
            Assert.SkipWhen(containerd.Missing is not null, containerd.Missing ?? string.Empty);
            return containerd.Client;
        }
    }

    [Fact]
    public async Task Runtime_tells_its_version_and_state()
    {
        var version = await Client.VersionAsync(new VersionRequest { Version = "v1" });
        var status = await Client.StatusAsync(new StatusRequest { Verbose = true });
        var usage = await Client.ImageFsInfoAsync(new ImageFsInfoRequest());

        version.RuntimeName.ShouldBe("containerd");
        version.RuntimeApiVersion.ShouldBe("v1");
        status.Status.Conditions.Single(condition => condition.Type == "RuntimeReady").Status.ShouldBeTrue();
        status.Status.Conditions.Single(condition => condition.Type == "NetworkReady").Status.ShouldBeFalse(); // no CNI configuration here
        status.Info.ShouldContainKey("config");
        usage.ImageFilesystems.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var missing = await Should.ThrowAsync<RpcException>(Client.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = "nope" }));

        missing.StatusCode.ShouldBe(StatusCode.NotFound);
        (await Client.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = "nope:1" } })).Image.ShouldBeNull();
    }

    [Fact]
    public async Task Container_runs_in_a_sandbox_and_its_command_answers()
    {
        var client = Client;
        Assert.SkipWhen(BusyboxImage.Missing is not null, BusyboxImage.Missing ?? string.Empty);
        await using var pod = await TestPod.RunAsync(containerd, "cri-client");

        var result = await client.ExecSyncAsync(new ExecSyncRequest { ContainerId = pod.Container, Cmd = { "sh", "-c", "echo out; echo err >&2; exit 7" } });
        var status = await client.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = pod.Container });
        var stats = await client.ListContainerStatsAsync(new ListContainerStatsRequest());
        var images = await client.ListImagesAsync(new ListImagesRequest());

        result.Stdout.ToStringUtf8().ShouldBe("out\n");
        result.Stderr.ToStringUtf8().ShouldBe("err\n");
        result.ExitCode.ShouldBe(7);
        status.Status.State.ShouldBe(ContainerState.ContainerRunning);
        stats.Stats.ShouldContain(usage => usage.Attributes.Id == pod.Container);
        images.Images.ShouldContain(image => image.RepoTags.Contains(BusyboxImage.Name));
    }
}
