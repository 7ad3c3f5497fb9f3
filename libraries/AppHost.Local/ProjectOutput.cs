using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Finds what building a project made. The app host references its services' projects, so they are built with it.</summary>
internal static class ProjectOutput
{
    /// <summary>The newest built program of a project, in the app host's own configuration where it says one.</summary>
    /// <exception cref="FileNotFoundException">The project has not been built.</exception>
    public static string Find(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var name = Path.GetFileNameWithoutExtension(project);
        var configuration = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration;
        var roots = new[] { Path.Combine(folder, "bin", configuration ?? ""), Path.Combine(folder, "bin") };
        return roots.Where(Directory.Exists)
                .Select(root => new DirectoryInfo(root).EnumerateFiles($"*{name}.runtimeconfig.json", SearchOption.AllDirectories)
                    .OrderByDescending(f => f.LastWriteTimeUtc)
                    .Select(f => f.FullName.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal))
                    .FirstOrDefault(File.Exists))
                .FirstOrDefault(found => found is not null)
            ?? throw new FileNotFoundException($"{name} has not been built: {folder}/bin has no program");
    }
}
