namespace Platform.Cli.Lifecycle;

/// <summary>How the program of the cluster's process is started.</summary>
internal static class ClusterProgram
{
    /// <summary>First argument of this program where it is to be the cluster itself.</summary>
    public const string Serve = "serve";

    /// <summary>This program as the cluster: itself where it is compiled to native code, by the runtime otherwise.</summary>
    public static IReadOnlyList<string> Own() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" or null
            ? [.. OfRuntime(Path.Combine(AppContext.BaseDirectory, "Platform.Cli.dll")), Serve]
            : [Environment.ProcessPath!, Serve];

    /// <summary>A program that the runtime executes.</summary>
    public static IReadOnlyList<string> OfRuntime(string assembly) => ["dotnet", assembly];
}
