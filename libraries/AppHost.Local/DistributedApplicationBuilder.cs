using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Command line, environment and appsettings.json.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Folder of the app host's project, against which relative paths are resolved.</summary>
    string AppHostDirectory { get; }

    /// <summary>Ends the description.</summary>
    DistributedApplication Build();
}

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    public DistributedApplicationBuilder(string[] args)
    {
        AppHostDirectory = FindProjectDirectory(AppContext.BaseDirectory);
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine(args);
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; }

    public List<ProcessResource> Resources { get; } = [];

    public IResourceBuilder<T> Add<T>(T resource)
        where T : ProcessResource
    {
        if (Resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"There are two resources named '{resource.Name}'.");
        Resources.Add(resource);
        return new Configured<T>(resource, this);
    }

    public DistributedApplication Build() => new(Resources, TimeProvider.System);

    /// <summary>The build puts the program into bin/ below the project; Aspire's SDK records the folder, here the project file tells.</summary>
    private static string FindProjectDirectory(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.csproj").Any())
                return folder.FullName;
        }

        return start;
    }

    private sealed record Configured<T>(T Resource, IDistributedApplicationBuilder ApplicationBuilder) : IResourceBuilder<T>
        where T : IResource;
}
