using System.Globalization;

namespace Platform.NodeAgent.Containerd;

/// <summary>Finds out what the machine allows and where its programs are.</summary>
internal static class HostDetection
{
    private const int CapSysResource = 24;
    private static readonly string[] ProgramFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
    private static readonly string[] CniFolders = ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"];

    /// <summary>Plugins without which no pod gets a network.</summary>
    private static readonly string[] NeededCniPlugins = ["bridge", "host-local", "portmap", "loopback"];

    public static string? FindProgram(string name) => ProgramFolders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    public static string? FindCniPlugins() => CniFolders.FirstOrDefault(f => NeededCniPlugins.All(p => File.Exists(Path.Combine(f, p))));

    public static HostAbilities Detect(string containerdRoot) => new(
        HasCapability(File.ReadAllText("/proc/self/status"), CapSysResource),
        OverlayWorks(File.ReadAllText("/proc/filesystems"), FileSystemOf(containerdRoot)));

    /// <summary>Whether a capability is in the bounding set that <c>/proc/self/status</c> shows.</summary>
    internal static bool HasCapability(string status, int capability)
    {
        var line = status.Split('\n').FirstOrDefault(l => l.StartsWith("CapBnd:", StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line["CapBnd:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            && (bits >> capability & 1) != 0;
    }

    /// <summary>Overlay needs a file system below that has file types and extended attributes for its upper folder; another overlay has not.</summary>
    internal static bool OverlayWorks(string fileSystems, string below) =>
        fileSystems.Split('\n').Any(l => l.EndsWith("\toverlay", StringComparison.Ordinal)) && below is not ("overlay" or "overlayfs" or "fuse" or "nfs");

    private static string FileSystemOf(string path)
    {
        var drive = DriveInfo.GetDrives().Where(d => IsBelow(path, d.Name)).MaxBy(d => d.Name.Length);
        return drive?.DriveFormat ?? "";
    }

    private static bool IsBelow(string path, string mount) =>
        mount == "/" || path == mount || path.StartsWith(mount.TrimEnd('/') + "/", StringComparison.Ordinal);
}
