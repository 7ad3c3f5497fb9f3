namespace Platform.Cli.Lifecycle;

/// <summary>Which container runtime this machine can offer, and why not the better one.</summary>
/// <param name="Name"><c>containerd</c> or <c>simulated</c>.</param>
/// <param name="Reason">Why containers cannot run here; null where they can.</param>
internal sealed record NodeRuntime(string Name, string? Reason)
{
    private static readonly string[] Programs = ["containerd", "containerd-shim-runc-v2", "runc", "ctr"];

    public static NodeRuntime Choose(string? wish)
    {
        if (wish is "simulated")
            return new("simulated", "asked for");
        var missing = Missing();
        if (missing is null)
            return new("containerd", null);
        return wish is "containerd"
            ? throw new InvalidOperationException($"containerd cannot run here: {missing}")
            : new("simulated", missing);
    }

    private static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
            return "not Linux";
        if (!Environment.IsPrivilegedProcess)
            return "not root";
        if (Programs.FirstOrDefault(p => Find(p) is null) is { } program)
            return $"{program} is not installed";
        return File.Exists("/usr/lib/cni/bridge") || File.Exists("/opt/cni/bin/bridge") ? null : "the CNI plugins are not installed";
    }

    /// <summary>Path of a program on the PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
