namespace Platform.Images;

/// <summary>What an image is made of: a name, its layers, and how a container of it starts.</summary>
public sealed record ImageSpec
{
    /// <summary>Name with optional tag, as users write it; see <see cref="ImageName.Normalize"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Layers from the lowest to the highest.</summary>
    public required IReadOnlyList<IReadOnlyList<ImageEntry>> Layers { get; init; }

    /// <summary>Architecture in Go's terms; that of this process unless set.</summary>
    public string Architecture { get; init; } = ImageName.HostArchitecture;

    /// <summary>How a container starts.</summary>
    public ImageConfig Config { get; init; } = new();
}

/// <summary>Defaults that a container of an image starts with.</summary>
public sealed record ImageConfig
{
    /// <summary>Program and its fixed arguments.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Arguments that a pod's <c>args</c> replace.</summary>
    public IReadOnlyList<string> Cmd { get; init; } = [];

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder that the program starts in; empty for the root.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>User and group, as <c>uid[:gid]</c>; empty for root.</summary>
    public string User { get; init; } = "";

    /// <summary>Ports such as <c>8080/tcp</c>, for information.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];
}

/// <summary>A file, folder or symbolic link in a layer.</summary>
/// <param name="Path">Absolute path in the image.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Content">Opens the content of a file; null for folders and links.</param>
/// <param name="LinkTarget">Target of a symbolic link; null for anything else.</param>
public sealed record ImageEntry(string Path, UnixFileMode Mode, Func<Stream>? Content, string? LinkTarget)
{
    /// <summary>Permissions of a program or folder: 0755.</summary>
    public const UnixFileMode ExecutableMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Permissions of a plain file: 0644.</summary>
    public const UnixFileMode PlainMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>A file whose bytes are in memory.</summary>
    public static ImageEntry File(string path, byte[] content, UnixFileMode mode) => new(path, mode, () => new MemoryStream(content, writable: false), null);

    /// <summary>A file that is copied from the host.</summary>
    public static ImageEntry HostFile(string path, string hostPath, UnixFileMode mode) => new(path, mode, () => System.IO.File.OpenRead(hostPath), null);

    /// <summary>A folder.</summary>
    public static ImageEntry Directory(string path, UnixFileMode mode = ExecutableMode) => new(path, mode, null, null);

    /// <summary>A symbolic link.</summary>
    public static ImageEntry Symlink(string path, string target) => new(path, ExecutableMode, null, target);
}
