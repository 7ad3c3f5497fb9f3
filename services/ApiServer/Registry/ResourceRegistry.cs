using System.Collections.Frozen;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Registry;

/// <summary>All resources that are served, found by group, version and plural name.</summary>
internal sealed class ResourceRegistry
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), ResourceDefinition> byPath;
    private readonly FrozenDictionary<Type, ResourceDefinition> byType;

    public ResourceRegistry()
        : this(BuiltInResources.Stored, BuiltInResources.Virtual)
    {
    }

    public ResourceRegistry(IReadOnlyList<ResourceDefinition> stored, IReadOnlyList<ResourceDefinition> @virtual)
    {
        Stored = stored;
        All = [.. stored, .. @virtual];
        byPath = All.ToFrozenDictionary(d => (d.Group, d.Version, d.Plural));
        byType = All.ToFrozenDictionary(d => d.ObjectType);
    }

    /// <summary>Resources whose objects are kept.</summary>
    public IReadOnlyList<ResourceDefinition> Stored { get; }

    /// <summary>Stored resources, and those that only answer a create.</summary>
    public IReadOnlyList<ResourceDefinition> All { get; }

    public ResourceDefinition? Find(string group, string version, string plural) => byPath.GetValueOrDefault((group, version, plural));

    public ResourceDefinition Of(Type type) => byType[type];

    public ResourceDefinition Of<T>() => byType[typeof(T)];
}
