using Platform.Api;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <inheritdoc cref="IObjectReader"/>
internal sealed class ObjectReader(ResourceRegistry registry, WatchCaches caches) : IObjectReader
{
    public bool IsReady => caches.Loaded.IsCompletedSuccessfully;

    public T? Find<T>(string? ns, string name)
        where T : KubernetesObject
    {
        var definition = registry.Of<T>();
        return (T?)caches.Of(definition).Find(definition.Namespaced ? $"{ns}/{name}" : name)?.Shared;
    }

    public IReadOnlyList<T> List<T>(string? ns = null)
        where T : KubernetesObject
    {
        var selection = Selection.Everything with { Namespace = ns ?? "" };
        var objects = caches.Of(registry.Of<T>()).Snapshot(caches.Applied).Objects;
        return [.. objects.Range(selection.From, selection.To).Select(o => (T)o.Shared)];
    }

    public long VersionOf<T>()
        where T : KubernetesObject => caches.Of(registry.Of<T>()).Version;
}
