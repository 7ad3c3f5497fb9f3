using System.Diagnostics;
using Platform.Grpc;

namespace Platform.Cri.Tests;

/// <summary>
/// Debian's containerd with its own root, state and socket in a temporary folder, beside whatever else runs on the machine. Sandboxes in
/// tests use the node's network, so that no CNI configuration is needed.
/// </summary>
public sealed class OwnContainerd : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plt-cri-").FullName;
    private Process? _process;

    /// <summary>Why there is none here; null where it runs.</summary>
    public string? Missing { get; private set; }

    public string Folder => _folder;

    /// <summary>Per fixture, since test classes run side by side and each removes its own group in the end.</summary>
    public string CgroupParent => "/platform-" + Path.GetFileName(_folder);

    public string Socket => Path.Combine(_folder, "containerd.sock");

    public CriClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Missing = !File.Exists("/usr/bin/containerd") ? "containerd is not installed"
            : Environment.UserName != "root" ? "containerd needs root"
            : null;
        if (Missing is not null)
            return;

        Directory.CreateDirectory(_folder);
        var configuration = Path.Combine(_folder, "config.toml");
        await File.WriteAllTextAsync(configuration, Configuration());
        _process = Process.Start(new ProcessStartInfo("/usr/bin/containerd", ["--config", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var log = new StreamWriter(Path.Combine(_folder, "log")) { AutoFlush = true };
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();

        Client = CriClient.Connect(Socket);
        await Eventually.SucceedsAsync(
            () => Client.VersionAsync(new VersionRequest()), failure => failure is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.Unknown });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        foreach (var sandbox in (await Client.ListPodSandboxAsync(new ListPodSandboxRequest())).Items)
        {
            await Client.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = sandbox.Id });
            await Client.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = sandbox.Id });
        }

        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        await Eventually.RemovedAsync(() => Directory.Delete(_folder, recursive: true));
        await Eventually.RemovedAsync(RemoveCgroups);
    }

    // The runtime removes the groups of its containers, not the parent that we named.
    private void RemoveCgroups()
    {
        foreach (var group in Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Select(root => root + CgroupParent).Where(Directory.Exists))
        {
            foreach (var child in Directory.EnumerateDirectories(group, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
                Directory.Delete(child);
            Directory.Delete(group);
        }
    }

    private string Configuration() =>
        $"""
        version = 2
        root = "{_folder}/root"
        state = "{_folder}/state"
        oom_score = 0
        disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs"]
        [grpc]
          address = "{Socket}"
        [debug]
          level = "warn"
        [plugins."io.containerd.grpc.v1.cri"]
          restrict_oom_score_adj = true
          tolerate_missing_hugetlb_controller = true
          disable_apparmor = true
          sandbox_image = "{BusyboxImage.Name}"
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "/usr/lib/cni"
            conf_dir = "{_folder}/cni"
        """;
}
