using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Platform.ApiServer.Registry;

/// <summary>
/// All resources that are served at a moment. Immutable; when custom resources come or go the registry swaps in another one. What is made from all
/// resources together (discovery, OpenAPI) hangs on the snapshot and so is never older than it.
/// </summary>
internal sealed class ResourceSnapshot
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), ResourceDefinition> _byPath;
    private readonly FrozenDictionary<Type, ResourceDefinition> _byType;
    private readonly FrozenSet<ResourceDefinition> _stored;
    private readonly ConcurrentDictionary<Type, Lazy<object>> _derived = new();

    /// <param name="stored">Built-in resources whose objects are kept.</param>
    /// <param name="virtual">Built-in resources that only answer a create.</param>
    /// <param name="custom">Custom resources, one definition per served version, and those of versions that only store.</param>
    public ResourceSnapshot(IReadOnlyList<ResourceDefinition> stored, IReadOnlyList<ResourceDefinition> @virtual, IReadOnlyList<ResourceDefinition> custom)
    {
        Custom = [.. custom.Where(d => d.IsServed)];
        Stored = [.. stored, .. Custom];
        All = [.. stored, .. @virtual, .. Custom];
        Owners = [.. stored.Concat(custom).Select(d => d.Storage).Distinct()];
        _byPath = All.ToFrozenDictionary(d => (d.Group, d.Version, d.Plural));
        _byType = stored.Concat(@virtual).ToFrozenDictionary(d => d.ObjectType);
        _stored = Stored.ToFrozenSet();
    }

    /// <summary>Resources whose objects are kept.</summary>
    public IReadOnlyList<ResourceDefinition> Stored { get; }

    /// <summary>Those of them that CustomResourceDefinitions declare.</summary>
    public IReadOnlyList<ResourceDefinition> Custom { get; }

    /// <summary>Stored resources, and those that only answer a create.</summary>
    public IReadOnlyList<ResourceDefinition> All { get; }

    /// <summary>The definitions that have a watch cache: one for all versions of a kind. It need not be served itself.</summary>
    public IReadOnlyList<ResourceDefinition> Owners { get; }

    public ResourceDefinition? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a built-in type.</summary>
    public ResourceDefinition Of(Type type) => _byType[type];

    public bool IsStored(ResourceDefinition definition) => _stored.Contains(definition);

    /// <summary>Something made from all resources: made when it is first asked for, then kept for the life of the snapshot.</summary>
    public T Derived<T>(Func<ResourceSnapshot, T> make)
        where T : class => (T)_derived.GetOrAdd(typeof(T), _ => new(() => make(this))).Value;
}
