namespace Platform.NodeAgent.Volumes;

/// <summary>Checks a hostPath volume against its type, and makes what the types that end in OrCreate want.</summary>
internal static class HostPathCheck
{
    public static void Prepare(string path, string? type)
    {
        switch (type)
        {
            case null or "":
                break;
            case "DirectoryOrCreate":
                Require(!File.Exists(path), path, "a directory");
                Directory.CreateDirectory(path);
                break;
            case "Directory":
                Require(Directory.Exists(path), path, "a directory");
                break;
            case "FileOrCreate":
                Require(!Directory.Exists(path), path, "a file");
                if (!File.Exists(path))
                    File.Create(path).Dispose();
                break;
            case "File":
                Require(File.Exists(path), path, "a file");
                break;
            default:
                // Socket, CharDevice, BlockDevice: .NET tells only that something other than a folder is there.
                Require(File.Exists(path), path, $"of type {type}");
                break;
        }
    }

    private static void Require(bool condition, string path, string what)
    {
        if (!condition)
            throw new VolumeException($"hostPath type check failed: {path} is not {what}");
    }
}
