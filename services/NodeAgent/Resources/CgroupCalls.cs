using System.Runtime.InteropServices;

namespace Platform.NodeAgent.Resources;

/// <summary>rmdir(2): a cgroup's folder shows files that cannot be deleted, so that Directory.Delete refuses it as not empty.</summary>
internal static partial class CgroupCalls
{
    private const int NotFound = 2;

    /// <exception cref="IOException">Processes are still in it.</exception>
    public static void RemoveFolder(string path)
    {
        if (RemoveDirectory(path) != 0 && Marshal.GetLastPInvokeError() is var error and not NotFound)
            throw new IOException($"cgroup {path} could not be removed: error {error}");
    }

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveDirectory(string path);
}
