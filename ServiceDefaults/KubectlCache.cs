namespace Platform.ServiceDefaults;

/// <summary>
/// What kubectl remembers of a server, by address: which resources it serves, for hours. A new cluster at an address where another one was
/// would be taken for the old one, so its first start makes kubectl ask again.
/// </summary>
internal static class KubectlCache
{
    /// <summary>Removes what this user's kubectl remembers of a server on this machine. It is only a cache: what cannot be removed stays.</summary>
    public static void Forget(int apiPort)
    {
        // kubectl's name for the address: the scheme cut off, and every character replaced that a file name might not bear.
        var discovery = Path.Combine(Root(), "discovery", $"127.0.0.1_{apiPort}");
        try
        {
            if (Directory.Exists(discovery))
                Directory.Delete(discovery, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"kubectl may remember an earlier cluster's resources for a while: {exception.Message}");
        }
    }

    private static string Root() => Environment.GetEnvironmentVariable("KUBECACHEDIR") is { Length: > 0 } root
        ? root
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "cache");
}
