namespace Platform.NodeAgent.Volumes;

/// <summary>A part of a volume: found, made where it does not exist, and never outside the volume, whatever links are in it.</summary>
internal static class SubPath
{
    /// <exception cref="VolumeException">The path leads out of the volume.</exception>
    public static string Resolve(string volume, string subPath)
    {
        if (subPath.StartsWith('/') || subPath.Split('/').Contains(".."))
            throw new VolumeException($"subPath \"{subPath}\" must be relative and must not contain '..'");
        var root = RealPath(volume);
        var path = root;
        foreach (var part in subPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (!File.Exists(path) && !Directory.Exists(path))
                Directory.CreateDirectory(path);
            path = RealPath(path);
            if (path != root && !path.StartsWith(root + "/", StringComparison.Ordinal))
                throw new VolumeException($"subPath \"{subPath}\" leads out of the volume");
        }

        return path;
    }

    private static string RealPath(string path)
    {
        const int maxLinks = 40;
        var result = "/";
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                result = Path.GetDirectoryName(result) ?? "/";
                continue;
            }

            var next = Path.Combine(result, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                result = next;
                continue;
            }

            if (++links > maxLinks)
                throw new VolumeException($"too many links in {path}");
            if (target.StartsWith('/'))
                result = "/";
            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                pending.Push(step);
        }

        return result;
    }
}
