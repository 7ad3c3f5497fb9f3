using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Aspire's calls for adding and configuring resources, with its names and parameters.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Adds a .NET project by the path of its project file, relative to the app host.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
    {
        var project = Path.GetFullPath(projectPath, builder.AppHostDirectory);
        var resource = new ProjectResource(name) { Command = "dotnet", WorkingDirectory = Path.GetDirectoryName(project)! };
        resource.Arguments.Add(ProjectOutput.Find(project));
        return ((DistributedApplicationBuilder)builder).Add(resource);
    }

    /// <summary>Adds a program of the machine.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args)
    {
        var resource = new ExecutableResource(name) { Command = command, WorkingDirectory = Path.GetFullPath(workingDirectory, builder.AppHostDirectory) };
        resource.Arguments.AddRange(args ?? []);
        return ((DistributedApplicationBuilder)builder).Add(resource);
    }

    /// <summary>Adds arguments.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs
    {
        Of(builder).Arguments.AddRange(args);
        return builder;
    }

    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment
    {
        if (value is not null)
            Of(builder).Environment[name] = value;
        return builder;
    }

    /// <summary>Declares an HTTP endpoint; without a port the host picks a free one and tells the process by the variable.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => WithEndpoint(builder, "http", port, targetPort, name, env);

    /// <summary>Declares an HTTPS endpoint.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => WithEndpoint(builder, "https", port, targetPort, name, env);

    /// <summary>The resource is ready when a GET of the path answers with the status code.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        Of(builder).Health = new(path ?? "/", statusCode ?? 200, endpointName);
        return builder;
    }

    /// <summary>Starts the resource only when another one is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        Of(builder).WaitsFor.Add((ProcessResource)dependency.Resource);
        return builder;
    }

    /// <summary>Tells the resource where another one's endpoints are, by service-discovery variables.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        Of(builder).References.Add((ProcessResource)source.Resource);
        return builder;
    }

    /// <summary>Runs several instances.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        builder.Resource.Replicas = replicas;
        return builder;
    }

    /// <summary>The resource is described but not started with the application.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        Of(builder).ExplicitStart = true;
        return builder;
    }

    private static IResourceBuilder<T> WithEndpoint<T>(IResourceBuilder<T> builder, string scheme, int? port, int? targetPort, string? name, string? env)
        where T : IResourceWithEndpoints
    {
        // Nothing stands between the client and the process here, so the port that Aspire would proxy and the target port are one.
        var endpoint = new HttpEndpoint(name ?? scheme, scheme, targetPort ?? port ?? FreePort(), env);
        var resource = Of(builder);
        resource.Endpoints.Add(endpoint);
        if (env is not null)
            resource.Environment[env] = endpoint.Port.ToString(CultureInfo.InvariantCulture);
        return builder;
    }

    private static ProcessResource Of<T>(IResourceBuilder<T> builder)
        where T : IResource => builder.Resource as ProcessResource ?? throw new InvalidOperationException($"{builder.Resource.Name} is not a process");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
