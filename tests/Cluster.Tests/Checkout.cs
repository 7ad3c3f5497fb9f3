using System.Runtime.CompilerServices;

namespace Platform.Cluster.Tests;

/// <summary>The checkout that the tests were built from, and what this machine lacks for them.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Why real containers cannot run here; null where they can.</summary>
    public static string? ContainersUnavailable { get; } =
        !Environment.IsPrivilegedProcess ? "containers need root"
        : Missing("containerd", "runc", "ctr", "nft", "kubectl") is { } program ? $"{program} is not installed"
        : !File.Exists("/usr/lib/cni/bridge") ? "the CNI plugins are not installed"
        : null;

    /// <summary>Why no cluster can be driven here; null where one can.</summary>
    public static string? KubectlUnavailable { get; } = Missing("kubectl") is null ? null : "kubectl is not installed";

    /// <summary>Skips the test where a client that only <c>./platform test</c> fetches is not on the PATH.</summary>
    public static void Need(string client) =>
        Assert.SkipWhen(Missing(client) is not null, $"there is no {client}; ./platform test fetches it where it can be had");

    private static string? Missing(params string[] programs) =>
        programs.FirstOrDefault(p => !(Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Any(folder => File.Exists(Path.Combine(folder, p))));

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../.."));
}
