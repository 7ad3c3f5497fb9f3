using System.Diagnostics;
using Platform.Api;
using Platform.Api.Meta.V1;

namespace Platform.Client;

/// <summary>A connection to an API server, over TLS or in the same process. Safe for concurrent use.</summary>
public interface IApiClient
{
    /// <summary>For paths that have no typed call. Its base address is the server's, its handler authenticates and propagates the trace context.</summary>
    HttpClient Http { get; }

    /// <summary>The typed calls for a kind.</summary>
    IResourceClient<T> Resource<T>()
        where T : KubernetesObject;
}

/// <summary>
/// The verbs of a resource. Every call throws <see cref="Api.Errors.ApiException"/> where the server answers with a failure, and
/// <see cref="HttpRequestException"/> where it cannot be reached. For cluster-scoped kinds the namespace is null or empty.
/// </summary>
/// <typeparam name="T">Kind.</typeparam>
public interface IResourceClient<T>
    where T : KubernetesObject
{
    /// <summary>Reads one object.</summary>
    Task<T> GetAsync(string? ns, string name, CancellationToken cancellationToken = default);

    /// <summary>Reads one object; null where it does not exist.</summary>
    Task<T?> FindAsync(string? ns, string name, CancellationToken cancellationToken = default);

    /// <summary>Reads a collection; a null namespace means all namespaces.</summary>
    Task<KubernetesList<T>> ListAsync(string? ns, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Follows a collection until the server ends the stream. An ERROR event is thrown as <see cref="Api.Errors.ApiException"/>.</summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync(string? ns, ListQuery query, CancellationToken cancellationToken = default);

    /// <summary>Creates an object in the namespace of its metadata.</summary>
    Task<T> CreateAsync(T value, CancellationToken cancellationToken = default);

    /// <summary>Replaces an object; its resource version must be current unless it is empty.</summary>
    Task<T> UpdateAsync(T value, CancellationToken cancellationToken = default);

    /// <summary>Replaces an object's status only.</summary>
    Task<T> UpdateStatusAsync(T value, CancellationToken cancellationToken = default);

    /// <summary>Changes an object by a patch; <paramref name="subresource"/> is for example <c>status</c>.</summary>
    Task<T> PatchAsync(string? ns, string name, PatchType type, ReadOnlyMemory<byte> patch, string? subresource = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object, or begins to where it has finalizers or a grace period.</summary>
    Task DeleteAsync(string? ns, string name, DeleteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Posts to a subresource such as <c>binding</c>, <c>eviction</c> or <c>token</c> and reads its answer.</summary>
    Task<TAnswer> PostAsync<TBody, TAnswer>(string? ns, string name, string subresource, TBody body, CancellationToken cancellationToken = default);
}

/// <summary>Content type of a patch.</summary>
public enum PatchType
{
    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>RFC 7386.</summary>
    Merge,

    /// <summary>Kubernetes' own: lists merge by key.</summary>
    StrategicMerge,
}

/// <summary>Options of LIST and WATCH.</summary>
public sealed record ListQuery
{
    /// <summary>Label selector, such as <c>app=web,tier in (a,b)</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, such as <c>spec.nodeName=node-1</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Version to list at or watch from.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Page size; 0 for everything.</summary>
    public int Limit { get; init; }

    /// <summary>Where the page before ended.</summary>
    public string? Continue { get; init; }

    /// <summary>Seconds after which the server ends a watch; 0 leaves it to the server.</summary>
    public int TimeoutSeconds { get; init; }
}

/// <summary>Type of a watch event.</summary>
public enum WatchEventType
{
    /// <summary>The object came into the watched set.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object left the watched set.</summary>
    Deleted,

    /// <summary>Only the resource version is new.</summary>
    Bookmark,
}

/// <summary>One change of a watched object.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; for a bookmark only its resource version is set.</param>
/// <param name="Cause">Trace context of the write that made the change, which Platform's API server sends to Platform's clients.</param>
public sealed record WatchEvent<T>(WatchEventType Type, T Object, ActivityContext Cause);
