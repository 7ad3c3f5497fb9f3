using System.Collections.Concurrent;
using Platform.Api;

namespace Platform.Client;

/// <summary>The typed client over an <see cref="HttpClient"/>, whatever carries it: TLS to a server, or memory to the one in this process.</summary>
/// <param name="http">Connection; its handlers authenticate, retry and carry the trace context.</param>
/// <param name="time">Clock for time limits.</param>
public sealed class ApiClient(HttpClient http, TimeProvider time) : IApiClient, IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _resources = new();

    /// <inheritdoc />
    public HttpClient Http => http;

    /// <inheritdoc />
    public IResourceClient<T> Resource<T>()
        where T : KubernetesObject =>
        (IResourceClient<T>)_resources.GetOrAdd(typeof(T), static (_, self) => self.Make<T>(), this);

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private ResourceClient<T> Make<T>()
        where T : KubernetesObject =>
        new(http, time);
}
