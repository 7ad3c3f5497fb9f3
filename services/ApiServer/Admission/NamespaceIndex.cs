using System.Collections.Frozen;
using Platform.Api;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>
/// The objects of a kind by namespace, made anew only after a write of the kind. Policies that few namespaces have (quotas, limit ranges) are asked about
/// at every write: for all others that costs one look into a dictionary.
/// </summary>
internal sealed class NamespaceIndex<T>(IObjectReader reader)
    where T : KubernetesObject
{
    private Snapshot _snapshot = new(-1, FrozenDictionary<string, IReadOnlyList<T>>.Empty);

    /// <summary>Objects of the namespace by name.</summary>
    public IReadOnlyList<T> Of(string ns)
    {
        var snapshot = Volatile.Read(ref _snapshot);
        var version = reader.VersionOf<T>();
        if (snapshot.Version != version)
        {
            snapshot = new(version, reader.List<T>().GroupBy(o => o.Metadata.Namespace ?? "", StringComparer.Ordinal).ToFrozenDictionary(
                g => g.Key, IReadOnlyList<T> (g) => [.. g.OrderBy(o => o.Metadata.Name, StringComparer.Ordinal)], StringComparer.Ordinal));
            Volatile.Write(ref _snapshot, snapshot);
        }

        return snapshot.Objects.GetValueOrDefault(ns) ?? [];
    }

    private sealed record Snapshot(long Version, FrozenDictionary<string, IReadOnlyList<T>> Objects);
}
