using System.CommandLine;

namespace Platform.Cli;

/// <summary>The option that tells clusters on one machine apart.</summary>
internal static class DataFolder
{
    /// <summary><c>--data DIR</c>; by default /var/lib/platform for root, a folder of the user's otherwise, or what PLATFORM_DATA says.</summary>
    public static Option<string> Option { get; } = new("--data")
    {
        Description = "Folder of the cluster's state. Each folder is a cluster of its own.",
        DefaultValueFactory = _ => Default(),
        Recursive = true,
    };

    public static string Of(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Option)!);

    public static string Default() =>
        Environment.GetEnvironmentVariable("PLATFORM_DATA") is { Length: > 0 } set ? set
        : Environment.IsPrivilegedProcess ? "/var/lib/platform"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "platform");
}
