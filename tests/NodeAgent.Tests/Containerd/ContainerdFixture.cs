using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Cri;
using Platform.Images;
using Platform.NodeAgent.Containerd;
using Platform.NodeAgent.Network;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime.Cri;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Tests.Containerd;

/// <summary>A containerd of the tests' own, in a temporary folder, with a network and an image of busybox; everything is removed afterwards.</summary>
public sealed class ContainerdFixture : IAsyncLifetime
{
    public const string Image = "test.local/busybox:1";
    private const string ClusterId = "7e57c0de";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plt-cd-");

    internal NodeLayout Layout => new(_folder.FullName);

    internal ContainerdSupervisor Supervisor { get; private set; } = null!;

    internal CriRuntime Runtime { get; private set; } = null!;

    internal Cgroups Cgroups { get; } = new($"/platform-{ClusterId}/test");

    internal static string? WhyNot =>
        !PosixCalls.IsRoot ? "needs root"
        : HostDetection.FindProgram("containerd") is null ? "needs containerd"
        : HostDetection.FindCniPlugins() is null ? "needs the CNI plugins"
        : !File.Exists("/bin/busybox") ? "needs busybox-static" : null;

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        Supervisor = new(Layout, TimeProvider.System, NullLogger<ContainerdSupervisor>.Instance);
        CniNetwork.Write(Layout.CniConfig, CniNetwork.Render(ClusterId, "10.231.77.0/24", Layout.CniData));
        await Supervisor.StartAsync(CancellationToken.None);
        Runtime = new(CriClient.Connect(Layout.ContainerdSocket));
        await ImageImport.ImportAsync(Layout.ContainerdSocket, PauseImage.For(ImageName.HostArchitecture), CancellationToken.None);
        await ImageImport.ImportAsync(Layout.ContainerdSocket, Busybox(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (WhyNot is null && Runtime is not null)
        {
            foreach (var pod in await Runtime.ListPodsAsync(CancellationToken.None))
            {
                foreach (var sandbox in (await Runtime.ObservePodAsync(pod.Uid, CancellationToken.None)).Sandboxes)
                {
                    await Runtime.StopSandboxAsync(sandbox.Id, CancellationToken.None);
                    await Runtime.RemoveSandboxAsync(sandbox.Id, CancellationToken.None);
                }
            }

            Runtime.Dispose();
            await Supervisor.StopAsync(CancellationToken.None);
            Process.Start("ip", ["link", "delete", CniNetwork.BridgeName(ClusterId)])?.WaitForExit();
            await Cgroups.RemoveAllAsync(TimeProvider.System, CancellationToken.None);
            foreach (var mount in PosixCalls.MountsBelow(_folder.FullName))
                PosixCalls.Unmount(mount);
        }

        await Eventually.RemovedAsync(() => _folder.Delete(recursive: true));
    }

    internal static Platform.Images.ImageSpec Busybox() => new()
    {
        Name = Image,
        Layers =
        [
            [
                ImageEntry.HostFile("/bin/busybox", "/bin/busybox", ImageEntry.ExecutableMode),
                .. ((string[])["sh", "sleep", "cat", "ls", "echo", "httpd", "kill", "true", "false", "id", "touch", "env", "date"])
                    .Select(name => ImageEntry.Symlink("/bin/" + name, "busybox")),
                ImageEntry.Directory("/tmp"),
            ],
        ],
        Config = new() { Entrypoint = ["/bin/sh", "-c"], Cmd = ["exec sleep 100000"], Env = new Dictionary<string, string> { ["PATH"] = "/bin" } },
    };
}
