using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Cri;
using Platform.NodeAgent.Containerd;
using Platform.NodeAgent.Network;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Runtime.Cri;
using Platform.NodeAgent.Volumes;
using Platform.ServiceDefaults;

namespace Platform.NodeAgent;

/// <summary>
/// Removes everything that a node has made on the machine: containers, sandboxes with their network namespaces, the own containerd, cgroups,
/// mounts, the bridge, the masquerading table, and the node's folder. The node agent must not run any more. Can be repeated.
/// </summary>
public static class NodeReset
{
    /// <summary>How long the runtime may take to remove one pod.</summary>
    private static readonly TimeSpan PodTimeout = TimeSpan.FromSeconds(20);

    private const int PodsAtOnce = 8;

    /// <summary>How often the runtime is asked to remove what it has.</summary>
    private const int Rounds = 3;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    /// <summary>Resets a node of the cluster in the data folder.</summary>
    public static Task RunAsync(string dataDirectory, string node, TimeProvider time, CancellationToken cancellationToken)
    {
        var data = Path.GetFullPath(dataDirectory);
        return RunAsync(new(new DataLayout(data).Node(node)), ClusterSettings.FindId(data), node, time, cancellationToken);
    }

    internal static async Task RunAsync(NodeLayout layout, string? clusterId, string node, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PosixCalls.IsRoot || !Directory.Exists(layout.Root))
            return;
        var supervisor = new ContainerdSupervisor(layout, time, NullLogger<ContainerdSupervisor>.Instance);
        if (Directory.Exists(layout.ContainerdRoot))
        {
            // Only the runtime can end its sandboxes properly; so it is started for that where it does not run.
            await supervisor.StartAsync(cancellationToken);
            await RemoveSandboxesAsync(layout, time, cancellationToken);
            await supervisor.StopAsync(cancellationToken);
        }

        // Unknown only where cluster.json is damaged; then what bears the cluster's name cannot be told from another cluster's.
        if (clusterId is not null)
            await new HostNetwork(clusterId, clusterCidr: "").RemoveAsync(cancellationToken);

        foreach (var mount in PosixCalls.MountsBelow(layout.Root))
            PosixCalls.Unmount(mount);
        if (clusterId is not null)
            await new Cgroups($"/platform-{clusterId}/{node}").RemoveAllAsync(time, cancellationToken);
        EndShims(layout.ContainerdSocket);
        Directory.Delete(layout.Root, recursive: true);
    }

    /// <summary>Ends the shims that a containerd killed at the wrong moment has forgotten: those that were told to answer to its socket.</summary>
    private static void EndShims(string socket)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    var arguments = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0');
                    if (Path.GetFileName(arguments[0]).StartsWith("containerd-shim", StringComparison.Ordinal) && arguments.Contains(socket))
                        process.Kill();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    // It has ended meanwhile.
                    continue;
                }
            }
        }
    }

    private static async Task RemoveSandboxesAsync(NodeLayout layout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var runtime = new CriRuntime(CriClient.Connect(layout.ContainerdSocket));
        await RemoveSandboxesAsync(runtime, time, cancellationToken);
    }

    /// <summary>
    /// Removes what the runtime has. A process that was killed may take longer to end than the runtime waits, on a busy disk above all; what was begun then goes on by
    /// itself, and another round finds what is left.
    /// </summary>
    internal static async Task RemoveSandboxesAsync(IContainerRuntime runtime, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                await RemoveOnceAsync(runtime, cancellationToken);
                return;
            }
            catch (Exception e) when (e is RuntimeException or OperationCanceledException && round < Rounds && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(BetweenRounds, time, cancellationToken);
            }
        }
    }

    private static async Task RemoveOnceAsync(IContainerRuntime runtime, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = PodsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await runtime.ListPodsAsync(cancellationToken), options, async (pod, stop) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(PodTimeout);
            var state = await runtime.ObservePodAsync(pod.Uid, limit.Token);
            await Task.WhenAll(state.Containers.Where(c => c.Phase == ContainerPhase.Running)
                .Select(c => runtime.StopContainerAsync(c.Id, TimeSpan.Zero, limit.Token)));
            foreach (var sandbox in state.Sandboxes)
            {
                await runtime.StopSandboxAsync(sandbox.Id, limit.Token);
                await runtime.RemoveSandboxAsync(sandbox.Id, limit.Token);
            }
        });
    }
}
