using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Platform.NodeAgent.Volumes;

/// <summary>System calls that .NET has no class for.</summary>
internal static partial class PosixCalls
{
    private const ulong NoSuid = 2;
    private const ulong NoDev = 4;
    private const int DetachMount = 2;
    private const int NotFound = 2;
    private const int InvalidArgument = 22;
    private const uint KeepUser = uint.MaxValue;

    /// <summary>Whether the process may mount and change owners.</summary>
    public static bool IsRoot => GetEffectiveUser() == 0;

    /// <summary>Mounts a file system in memory.</summary>
    /// <param name="path">An existing folder.</param>
    /// <param name="options">Such as <c>size=1048576,mode=0777</c>.</param>
    public static void MountTmpfs(string path, string options)
    {
        if (Mount("tmpfs", path, "tmpfs", NoSuid | NoDev, options) != 0)
            throw new IOException($"tmpfs could not be mounted at {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>Detaches what is mounted at a path; nothing being mounted there counts as done.</summary>
    public static void Unmount(string path)
    {
        if (Unmount2(path, DetachMount) != 0 && Marshal.GetLastPInvokeError() is var error and not NotFound and not InvalidArgument)
            throw new IOException($"{path} could not be unmounted: {new Win32Exception(error).Message}");
    }

    /// <summary>Gives a file to a group, without following a link.</summary>
    public static void ChangeGroup(string path, uint group) => ChangeOwner(path, KeepUser, group);

    /// <summary>Gives a file to a user (all bits set: keep) and a group, without following a link.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (LChown(path, user, group) != 0)
            throw new IOException($"the owner of {path} could not be changed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>Paths at or below a folder that something is mounted at, the deepest first.</summary>
    public static IReadOnlyList<string> MountsBelow(string folder) =>
        [.. File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 4)
            .Select(fields => Unescape(fields[4]))
            .Where(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal))
            .OrderByDescending(path => path.Length)];

    private static string Unescape(string path) =>
        path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount2(string target, int flags);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
