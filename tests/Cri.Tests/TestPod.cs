namespace Platform.Cri.Tests;

/// <summary>A sandbox on the node's network with one busybox container that sleeps.</summary>
internal sealed class TestPod : IAsyncDisposable
{
    private readonly CriClient _client;

    private TestPod(CriClient client, string sandbox, string container)
    {
        _client = client;
        Sandbox = sandbox;
        Container = container;
    }

    public string Sandbox { get; }

    public string Container { get; }

    public static async Task<TestPod> RunAsync(OwnContainerd containerd, string name, params string[] command)
    {
        await BusyboxImage.ImportAsync(containerd);
        var logs = Directory.CreateDirectory(Path.Combine(containerd.Folder, "logs", name)).FullName;
        var namespaces = new NamespaceOption { Network = NamespaceMode.Node, Pid = NamespaceMode.Container };
        var sandbox = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "default", Uid = name },
            LogDirectory = logs,
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = containerd.CgroupParent,
                SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = namespaces },
            },
        };
        var client = containerd.Client;
        var sandboxId = (await client.RunPodSandboxAsync(new RunPodSandboxRequest { Config = sandbox })).PodSandboxId;
        var container = await client.CreateContainerAsync(new CreateContainerRequest
        {
            PodSandboxId = sandboxId,
            SandboxConfig = sandbox,
            Config = new ContainerConfig
            {
                Metadata = new ContainerMetadata { Name = "main" },
                Image = new ImageSpec { Image = BusyboxImage.Name },
                Command = { command.Length > 0 ? command : ["sleep", "3600"] },
                LogPath = "main.log",
                Stdin = true,
                Linux = new LinuxContainerConfig { SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = namespaces } },
            },
        });
        await client.StartContainerAsync(new StartContainerRequest { ContainerId = container.ContainerId });
        return new TestPod(client, sandboxId, container.ContainerId);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = Sandbox });
        await _client.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = Sandbox });
    }
}
