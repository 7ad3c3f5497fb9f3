using System.Collections.Frozen;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Registry;

/// <summary>All resources that are served, found by group, version and plural name.</summary>
internal sealed class ResourceRegistry
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), ResourceDefinition> _byPath;
    private readonly FrozenDictionary<Type, ResourceDefinition> _byType;

    public ResourceRegistry()
        : this(BuiltInResources.Stored, BuiltInResources.Virtual)
    {
    }

    public ResourceRegistry(IReadOnlyList<ResourceDefinition> stored, IReadOnlyList<ResourceDefinition> @virtual)
    {
        Stored = stored;
        All = [.. stored, .. @virtual];
        _byPath = All.ToFrozenDictionary(d => (d.Group, d.Version, d.Plural));
        _byType = All.ToFrozenDictionary(d => d.ObjectType);
    }

    /// <summary>Resources whose objects are kept.</summary>
    public IReadOnlyList<ResourceDefinition> Stored { get; }

    /// <summary>Stored resources, and those that only answer a create.</summary>
    public IReadOnlyList<ResourceDefinition> All { get; }

    public ResourceDefinition? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    public ResourceDefinition Of(Type type) => _byType[type];

    public ResourceDefinition Of<T>() => _byType[typeof(T)];
}
