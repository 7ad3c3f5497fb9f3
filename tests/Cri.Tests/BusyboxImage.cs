using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Cri.Tests;

/// <summary>An image of one layer with Debian's static busybox, imported as a docker archive since nothing can be pulled in tests.</summary>
internal static class BusyboxImage
{
    public const string Name = "platform.test/busybox:1";
    private const string Binary = "/bin/busybox";
    private static readonly string[] Applets = ["sh", "ls", "cat", "echo", "sleep", "nc", "stty", "tail", "true", "printf", "grep"];

    public static string? Missing => File.Exists(Binary) ? null : "busybox-static is not installed";

    public static async Task ImportAsync(OwnContainerd containerd)
    {
        var archive = Path.Combine(containerd.Folder, "busybox.tar");
        await File.WriteAllBytesAsync(archive, Archive());
        using var import = Process.Start("/usr/bin/ctr", ["--address", containerd.Socket, "-n", "k8s.io", "images", "import", archive]);
        await import.WaitForExitAsync();
        import.ExitCode.ShouldBe(0);
    }

    private static byte[] Archive()
    {
        var layer = Layer();
        var digest = Convert.ToHexStringLower(SHA256.HashData(layer));
        var configuration = Encoding.UTF8.GetBytes(
            $$$"""
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["sleep","3600"]},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{{digest}}}"]}}
            """);
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            Add(tar, "config.json", configuration);
            Add(tar, "layer.tar", layer);
            Add(tar, "manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"config.json","RepoTags":["{{Name}}"],"Layers":["layer.tar"]}]"""));
        }

        return stream.ToArray();
    }

    private static byte[] Layer()
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var folder in new[] { "bin", "tmp", "proc", "sys", "dev", "etc" })
                tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, folder + "/") { Mode = (UnixFileMode)0b111_101_101 });
            Add(tar, "bin/busybox", File.ReadAllBytes(Binary), (UnixFileMode)0b111_101_101);
            foreach (var applet in Applets)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });
        }

        return stream.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content, UnixFileMode mode = (UnixFileMode)0b110_100_100) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = mode });
}
