using System.Globalization;
using System.IO.Compression;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Server;

/// <summary>Keeps logs within bounds: a file of 10 MiB is renamed and the runtime told to begin a new one; older ones are compressed, five files in all.</summary>
internal sealed class LogRotation(IContainerRuntime runtime, NodeLayout layout, PodWorkers workers, TimeProvider time)
{
    private const long MaxBytes = 10 << 20;
    private const int MaxFiles = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var pod in workers.Pods)
            {
                foreach (var status in (pod.Status?.ContainerStatuses ?? []).Where(s => s.State?.Running is not null))
                {
                    var log = Path.Combine(layout.ContainerLogs(PodIdentity.Of(pod), status.Name!), $"{status.RestartCount}.log");
                    if (status.ContainerID?.Split("://") is [_, var id] && File.Exists(log) && new FileInfo(log).Length > MaxBytes)
                        await RotateAsync(log, id, cancellationToken);
                }
            }
        }
    }

    internal async Task RotateAsync(string log, string containerId, CancellationToken cancellationToken)
    {
        var old = Directory.GetFiles(Path.GetDirectoryName(log)!, Path.GetFileName(log) + ".*").Order(StringComparer.Ordinal).ToList();
        foreach (var file in old.Where(f => !f.EndsWith(".gz", StringComparison.Ordinal)))
            await CompressAsync(file, cancellationToken);
        foreach (var file in old.SkipLast(MaxFiles - 2).Select(f => f.EndsWith(".gz", StringComparison.Ordinal) ? f : f + ".gz"))
            File.Delete(file);
        // The newest stays uncompressed, since somebody may be reading it to its end.
        var name = $"{log}.{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        File.Move(log, name, overwrite: true);
        try
        {
            await runtime.ReopenLogAsync(containerId, cancellationToken);
        }
        catch (RuntimeException)
        {
            // The container may have ended; were its log lost now, so would be its last words.
            if (!File.Exists(log))
                File.Move(name, log);
        }
    }

    private static async Task CompressAsync(string file, CancellationToken cancellationToken)
    {
        await using (var source = File.OpenRead(file))
        await using (var target = File.Create(file + ".gz.tmp"))
        await using (var zip = new GZipStream(target, CompressionLevel.Optimal))
            await source.CopyToAsync(zip, cancellationToken);
        File.Move(file + ".gz.tmp", file + ".gz", overwrite: true);
        File.Delete(file);
    }
}
