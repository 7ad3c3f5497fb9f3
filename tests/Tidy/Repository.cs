using System.Runtime.CompilerServices;

namespace Platform.Tidy;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files that people wrote, with paths relative to the root.</summary>
    public static IEnumerable<string> SourceFiles() => Files("*.cs");

    public static IEnumerable<string> ProjectFiles() => Files("*.csproj");

    /// <summary>All files and, with a slash at their end, folders.</summary>
    public static IEnumerable<string> Paths()
    {
        var files = Files("*").ToList();
        return files.Concat(files.SelectMany(Folders).Distinct());
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".platform" or ".git"));

    private static IEnumerable<string> Folders(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..(end + 1)];
    }

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../.."));
}
