namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the stand-in knows of a resource: everything it runs is a process.</summary>
public abstract class ProcessResource(string name) : IResourceWithServiceDiscovery, IResourceWithEnvironment, IResourceWithArgs, IResourceWithWaitSupport
{
    /// <inheritdoc />
    public string Name { get; } = name;

    internal string Command { get; init; } = "";

    internal string WorkingDirectory { get; init; } = "";

    internal List<string> Arguments { get; } = [];

    internal Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    internal List<HttpEndpoint> Endpoints { get; } = [];

    internal List<ProcessResource> WaitsFor { get; } = [];

    internal List<ProcessResource> References { get; } = [];

    internal HealthCheck? Health { get; set; }

    internal int Replicas { get; set; } = 1;

    internal bool ExplicitStart { get; set; }
}

/// <summary>A .NET project of the solution.</summary>
public sealed class ProjectResource(string name) : ProcessResource(name);

/// <summary>A program on the machine.</summary>
public sealed class ExecutableResource(string name) : ProcessResource(name);

/// <summary>An endpoint that a resource listens on.</summary>
/// <param name="Name">Name, <c>http</c> or <c>https</c> unless given.</param>
/// <param name="Scheme">Scheme of its address.</param>
/// <param name="Port">TCP port on the loopback address.</param>
/// <param name="Variable">Environment variable that tells the process the port; null where it knows.</param>
internal sealed record HttpEndpoint(string Name, string Scheme, int Port, string? Variable)
{
    public Uri Address { get; } = new($"{Scheme}://localhost:{Port}");
}

/// <summary>How the host finds out that a resource is ready.</summary>
internal sealed record HealthCheck(string Path, int StatusCode, string? EndpointName);
