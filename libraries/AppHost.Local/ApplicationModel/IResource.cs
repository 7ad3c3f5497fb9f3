namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a process that the host starts.</summary>
public interface IResource
{
    /// <summary>Name, unique in the application; prefix of its log lines.</summary>
    string Name { get; }
}

/// <summary>A resource that offers endpoints to others.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource whose environment can be set.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that is started with arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that can be told to wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that others can find by name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>Configures a resource.</summary>
/// <typeparam name="T">Type of the resource.</typeparam>
public interface IResourceBuilder<out T>
    where T : IResource
{
    /// <summary>The resource.</summary>
    T Resource { get; }

    /// <summary>The application it belongs to.</summary>
    IDistributedApplicationBuilder ApplicationBuilder { get; }
}
