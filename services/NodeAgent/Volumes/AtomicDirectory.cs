using System.Globalization;

namespace Platform.NodeAgent.Volumes;

/// <summary>A file of a volume that is made from API objects.</summary>
internal sealed record VolumeFile(byte[] Content, UnixFileMode Mode);

/// <summary>
/// A folder whose files change all at once, so that a reader never sees some old and some new. The files are in a folder named after the
/// time, <c>..data</c> links to that, and every visible name links through <c>..data</c>. A change writes a new dated folder and renames a new link over
/// <c>..data</c>. Upstream's layout: programs watch for the renaming of <c>..data</c>.
/// </summary>
internal static class AtomicDirectory
{
    private const string DataLink = "..data";
    private const string DataLinkDraft = "..data_tmp";

    /// <summary>Makes the folder hold exactly these files.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="files">Relative path to file.</param>
    /// <param name="group">Group that gets the files, if any.</param>
    /// <param name="now">Names the dated folder.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Write(string folder, IReadOnlyDictionary<string, VolumeFile> files, uint? group, DateTimeOffset now)
    {
        foreach (var path in files.Keys)
            RequireInside(path);
        var link = new FileInfo(Path.Combine(folder, DataLink));
        var before = link.LinkTarget is { } target ? Path.Combine(folder, target) : null;
        if (before is not null && Directory.Exists(before) && IsSame(before, files))
            return false;
        var name = ".." + now.UtcDateTime.ToString("yyyy_MM_dd_HH_mm_ss", CultureInfo.InvariantCulture) + "." + Path.GetRandomFileName();
        WriteFiles(Path.Combine(folder, name), files, group);
        var draft = Path.Combine(folder, DataLinkDraft);
        File.Delete(draft);
        File.CreateSymbolicLink(draft, name);
        Rename(draft, Path.Combine(folder, DataLink));
        UpdateNames(folder, [.. files.Keys.Select(p => p.Split('/')[0]).Distinct()]);
        if (before is not null && Directory.Exists(before))
            Directory.Delete(before, recursive: true);
        return true;
    }

    private static void RequireInside(string path)
    {
        if (path.Length == 0 || path[0] == '/' || path.Split('/').Any(p => p is "" or "." or "..") || path.StartsWith("..", StringComparison.Ordinal))
            throw new VolumeException($"invalid path in volume: {path}");
    }

    private static bool IsSame(string folder, IReadOnlyDictionary<string, VolumeFile> files)
    {
        var existing = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList();
        return existing.Count == files.Count && existing.All(path =>
            files.TryGetValue(Path.GetRelativePath(folder, path), out var file)
            && (File.GetUnixFileMode(path) & ~UnixFileMode.GroupRead) == (file.Mode & ~UnixFileMode.GroupRead)
            && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content));
    }

    private static void WriteFiles(string folder, IReadOnlyDictionary<string, VolumeFile> files, uint? group)
    {
        const UnixFileMode folderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, folderMode);
        foreach (var (relative, file) in files)
        {
            var path = Path.Combine(folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
            if (group is { } gid && PosixCalls.IsRoot)
                PosixCalls.ChangeGroup(path, gid);
            File.SetUnixFileMode(path, group is null ? file.Mode : file.Mode | UnixFileMode.GroupRead);
        }
    }

    private static void UpdateNames(string folder, HashSet<string> names)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = Path.GetFileName(path);
            if (!name.StartsWith("..", StringComparison.Ordinal) && !names.Contains(name))
                File.Delete(path);
        }

        foreach (var name in names.Where(n => new FileInfo(Path.Combine(folder, n)).LinkTarget is null))
            File.CreateSymbolicLink(Path.Combine(folder, name), $"{DataLink}/{name}");
    }

    /// <summary>Renames a link over another. File.Move would follow what the old link leads to.</summary>
    private static void Rename(string from, string to) => PosixRename.Replace(from, to);
}
