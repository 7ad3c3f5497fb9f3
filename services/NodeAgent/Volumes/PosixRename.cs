using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Platform.NodeAgent.Volumes;

/// <summary>rename(2): replaces a name by another in one step, whatever kind of file either is.</summary>
internal static partial class PosixRename
{
    public static void Replace(string from, string to)
    {
        if (Rename(from, to) != 0)
            throw new IOException($"{from} could not be renamed to {to}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
