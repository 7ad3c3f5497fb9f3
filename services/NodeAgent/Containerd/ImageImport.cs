using System.Diagnostics;
using Platform.Images;

namespace Platform.NodeAgent.Containerd;

/// <summary>Brings image archives into a containerd, by its own tool: importing is no part of CRI.</summary>
internal static class ImageImport
{
    /// <summary>containerd's namespace for everything that came through CRI.</summary>
    private const string Namespace = "k8s.io";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>Imports a docker or OCI archive under the names that are in it.</summary>
    public static async Task ImportFileAsync(string socket, string archive, CancellationToken cancellationToken)
    {
        var ctr = HostDetection.FindProgram("ctr") ?? throw new InvalidOperationException("ctr is not installed; it is part of containerd's package");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        var start = new ProcessStartInfo(ctr) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--address", socket, "--namespace", Namespace, "images", "import", archive])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("ctr could not be started");
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await output;
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"the image in {archive} could not be imported: {errors.Trim()}");
    }

    /// <summary>Packs and imports an image.</summary>
    public static async Task ImportAsync(string socket, ImageSpec image, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), "platform-image-" + Guid.NewGuid().ToString("N") + ".tar");
        try
        {
            await using (var file = File.Create(path))
                await ImageArchive.WriteAsync(image, file, cancellationToken);
            await ImportFileAsync(socket, path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
