using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Images;

/// <summary>
/// Reads a folder as an image: every file below it becomes a file of the image, and an optional <c>image.json</c> says how a container
/// starts and which files of the host and symbolic links belong to it as well.
/// </summary>
public static class ImageFolder
{
    /// <summary>Name of the description, which does not become part of the image.</summary>
    public const string DescriptionFile = "image.json";

    /// <summary>The image that a folder describes.</summary>
    /// <exception cref="InvalidDataException">The description is not valid, or names a host file that does not exist.</exception>
    public static ImageSpec Read(string folder, string name)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"there is no folder {folder}");
        var description = ReadDescription(Path.Combine(folder, DescriptionFile));
        var entries = new List<ImageEntry>();
        foreach (var (path, hostPath) in description.HostFiles)
        {
            if (!File.Exists(hostPath))
                throw new InvalidDataException($"{DescriptionFile} names {hostPath}, which this machine does not have");
            entries.Add(ImageEntry.HostFile(path, hostPath, ModeOf(hostPath)));
        }

        foreach (var (path, target) in description.Symlinks)
            entries.Add(ImageEntry.Symlink(path, target));
        entries.AddRange(description.Folders.Select(path => ImageEntry.Directory(path)));
        AddFolder(entries, new(folder), "");
        return new()
        {
            Name = name,
            Layers = [entries],
            Config = new()
            {
                Entrypoint = description.Entrypoint,
                Cmd = description.Cmd,
                Env = description.Env,
                WorkingDir = description.WorkingDir,
                User = description.User,
                ExposedPorts = description.ExposedPorts,
            },
        };
    }

    private static void AddFolder(List<ImageEntry> entries, DirectoryInfo folder, string prefix)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var path = prefix + "/" + item.Name;
            if (path == "/" + DescriptionFile)
                continue;
            if (item.LinkTarget is { } target)
            {
                entries.Add(ImageEntry.Symlink(path, target));
            }
            else if (item is DirectoryInfo directory)
            {
                entries.Add(ImageEntry.Directory(path, directory.UnixFileMode));
                AddFolder(entries, directory, path);
            }
            else
            {
                entries.Add(ImageEntry.HostFile(path, item.FullName, item.UnixFileMode));
            }
        }
    }

    private static UnixFileMode ModeOf(string path) => File.GetUnixFileMode(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);

    private static Description ReadDescription(string path)
    {
        if (!File.Exists(path))
            return new();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DescriptionJson.Default.Description) ?? new();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Content of <c>image.json</c>. Setters, since generated deserialisation gives init-only members that are absent null.</summary>
    internal sealed record Description
    {
        public string[] Entrypoint { get; set; } = [];

        public string[] Cmd { get; set; } = [];

        public Dictionary<string, string> Env { get; set; } = [];

        public string WorkingDir { get; set; } = "";

        public string User { get; set; } = "";

        public string[] ExposedPorts { get; set; } = [];

        /// <summary>Path in the image to path on the host.</summary>
        public Dictionary<string, string> HostFiles { get; set; } = [];

        /// <summary>Path in the image to target.</summary>
        public Dictionary<string, string> Symlinks { get; set; } = [];

        /// <summary>Empty folders.</summary>
        public string[] Folders { get; set; } = [];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ImageFolder.Description))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
