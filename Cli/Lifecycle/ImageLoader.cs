using System.Diagnostics;
using Platform.Images;
using Platform.ServiceDefaults;

namespace Platform.Cli.Lifecycle;

/// <summary>Brings images onto the cluster's node, through containerd's own client.</summary>
internal sealed class ImageLoader(string data)
{
    /// <summary>Packs a folder and imports it.</summary>
    public async Task<string> BuildAndLoadAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(Path.GetTempPath(), $"platform-image-{Guid.NewGuid():N}.tar");
        try
        {
            await using (var file = File.Create(archive))
                await ImageArchive.WriteAsync(ImageFolder.Read(folder, name), file, cancellationToken);
            await LoadAsync(archive, cancellationToken);
            return ImageName.Normalize(name);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    /// <summary>Imports an archive that docker, podman or this program wrote.</summary>
    public async Task LoadAsync(string archive, CancellationToken cancellationToken)
    {
        foreach (var socket in Sockets())
            await ImportAsync(socket, archive, cancellationToken);
    }

    private List<string> Sockets()
    {
        var nodes = Path.Combine(data, "nodes");
        var sockets = Directory.Exists(nodes)
            ? Directory.EnumerateDirectories(nodes).Select(node => new DataLayout(data).ContainerdSocket(Path.GetFileName(node))).Where(File.Exists).ToList()
            : [];
        return sockets.Count > 0 ? sockets : throw new InvalidOperationException($"the cluster in {data} has no node that runs containers; start it with: ./platform up");
    }

    private static async Task ImportAsync(string socket, string archive, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo("ctr") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--address", socket, "--namespace", "k8s.io", "images", "import", archive])
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"the image could not be imported: {errors.Trim()}");
    }
}
