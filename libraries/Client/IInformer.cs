using System.Diagnostics;
using Platform.Api;

namespace Platform.Client;

/// <summary>Namespace and name. The namespace is empty for cluster-scoped kinds.</summary>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>Key of an object.</summary>
    public static ObjectKey Of(KubernetesObject value) => new(value.Metadata.Namespace ?? "", value.Metadata.Name ?? "");

    /// <inheritdoc />
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}

/// <summary>A change that an informer has applied to its cache.</summary>
/// <param name="Old">Object before; null when it is new.</param>
/// <param name="New">Object now; null when it is gone.</param>
/// <param name="Cause">Trace context of the write that made the change; default where unknown (the first list, a resync).</param>
public readonly record struct InformerEvent<T>(T? Old, T? New, ActivityContext Cause)
    where T : KubernetesObject
{
    /// <summary>The object now, or as it was last known.</summary>
    public T Object => New ?? Old!;
}

/// <summary>A local copy of a collection, kept current by LIST and WATCH and shared by everything in the process that needs it.</summary>
/// <typeparam name="T">Kind.</typeparam>
public interface IInformer<T>
    where T : KubernetesObject
{
    /// <summary>Whether the first list has arrived and was delivered to all handlers.</summary>
    bool HasSynced { get; }

    /// <summary>Completes when <see cref="HasSynced"/> becomes true.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken = default);

    /// <summary>The object as last seen, or null. Shared: do not change it.</summary>
    T? Get(string? ns, string name);

    /// <summary>All objects as last seen; a null namespace means all.</summary>
    IReadOnlyList<T> List(string? ns = null);

    /// <summary>The objects that an index holds under a key, see <see cref="AddIndex"/>.</summary>
    IReadOnlyList<T> ByIndex(string index, string key);

    /// <summary>Adds an index before the informer starts. Adding one that exists does nothing.</summary>
    void AddIndex(string name, Func<T, IEnumerable<string>> keys);

    /// <summary>Adds a handler. Handlers run one event after the other in order and must not block; what is in the cache already is delivered first.</summary>
    void AddHandler(Action<InformerEvent<T>> handler);
}

/// <summary>Makes one informer per kind and selector and starts them with the host.</summary>
public interface IInformerFactory
{
    /// <summary>The informer of a kind, narrowed by selectors where given.</summary>
    IInformer<T> For<T>(string? fieldSelector = null, string? labelSelector = null)
        where T : KubernetesObject;
}
