using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Registry;

/// <summary>
/// All resources that are served, found by group, version and plural name. What is served changes as custom resources come and go: readers take
/// <see cref="Current"/> once and work with that. The one who changes it is <see cref="Watching.WatchCaches.AdoptAsync"/>, since a resource must have its
/// watch cache before anybody can ask for it.
/// </summary>
internal sealed class ResourceRegistry(IReadOnlyList<ResourceDefinition> stored, IReadOnlyList<ResourceDefinition> @virtual)
{
    private ResourceSnapshot _current = new(stored, @virtual, []);

    public ResourceRegistry()
        : this(BuiltInResources.Stored, BuiltInResources.Virtual)
    {
    }

    /// <summary>Told after another snapshot has been swapped in. What only reads <see cref="Current"/> when it is asked need not listen.</summary>
    public event Action<ResourceSnapshot>? Changed;

    /// <summary>What is served now.</summary>
    public ResourceSnapshot Current => Volatile.Read(ref _current);

    /// <inheritdoc cref="ResourceSnapshot.Stored"/>
    public IReadOnlyList<ResourceDefinition> Stored => Current.Stored;

    /// <inheritdoc cref="ResourceSnapshot.All"/>
    public IReadOnlyList<ResourceDefinition> All => Current.All;

    public ResourceDefinition? Find(string group, string version, string plural) => Current.Find(group, version, plural);

    public ResourceDefinition Of(Type type) => Current.Of(type);

    public ResourceDefinition Of<T>() => Current.Of(typeof(T));

    /// <summary>The built-in resources with other custom ones beside them.</summary>
    public ResourceSnapshot With(IReadOnlyList<ResourceDefinition> custom) => new(stored, @virtual, custom);

    public void Publish(ResourceSnapshot snapshot)
    {
        Volatile.Write(ref _current, snapshot);
        Changed?.Invoke(snapshot);
    }
}
