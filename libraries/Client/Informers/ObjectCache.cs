// The objects of an informer with their indices. Reads take the lock for the time of a look-up and return arrays that nobody changes;
// the array of everything is kept until the next change, since controllers ask for it far more often than objects come and go.
using System.Diagnostics.CodeAnalysis;
using Platform.Api;

namespace Platform.Client.Informers;

/// <summary>Objects by key, and by the keys that indices derive from them. Safe for concurrent use.</summary>
internal sealed class ObjectCache<T>
    where T : KubernetesObject
{
    /// <summary>Index that answers <see cref="List"/> for one namespace; made when first asked for.</summary>
    private const string NamespaceIndex = "\0namespace";

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly Dictionary<string, Index> _indices = [];
    private T[]? _all;

    public T? Get(ObjectKey key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(key);
    }

    [SuppressMessage("Style", "IDE0305", Justification = "the array must be the exact type that is kept")]
    public IReadOnlyList<T> List(string? ns)
    {
        lock (_lock)
        {
            if (ns is null)
                return _all ??= _objects.Values.ToArray();
            if (!_indices.ContainsKey(NamespaceIndex))
                Build(NamespaceIndex, static value => [value.Metadata.Namespace ?? ""]);
            return Find(NamespaceIndex, ns);
        }
    }

    public IReadOnlyList<T> ByIndex(string index, string key)
    {
        lock (_lock)
            return Find(index, key);
    }

    public void AddIndex(string name, Func<T, IEnumerable<string>> keys)
    {
        lock (_lock)
        {
            if (!_indices.ContainsKey(name))
                Build(name, keys);
        }
    }

    /// <summary>Sets or, with null, removes an object; returns what was there before.</summary>
    public T? Set(ObjectKey key, T? value)
    {
        lock (_lock)
        {
            var old = _objects.GetValueOrDefault(key);
            if (value is null)
                _objects.Remove(key);
            else
                _objects[key] = value;
            foreach (var index in _indices.Values)
                index.Change(key, old, value);
            _all = null;
            return old;
        }
    }

    public ObjectKey[] Keys()
    {
        lock (_lock)
            return [.. _objects.Keys];
    }

    private void Build(string name, Func<T, IEnumerable<string>> keys)
    {
        var index = new Index(keys);
        foreach (var (key, value) in _objects)
            index.Change(key, null, value);
        _indices[name] = index;
    }

    private T[] Find(string name, string key)
    {
        if (!_indices.TryGetValue(name, out var index))
            throw new InvalidOperationException($"the informer of {typeof(T).Name} has no index {name}");
        return index.Entries.TryGetValue(key, out var keys) ? [.. keys.Select(k => _objects[k])] : [];
    }

    private sealed class Index(Func<T, IEnumerable<string>> keys)
    {
        public Dictionary<string, HashSet<ObjectKey>> Entries { get; } = [];

        public void Change(ObjectKey key, T? old, T? value)
        {
            if (old is not null)
            {
                foreach (var entry in keys(old))
                {
                    if (Entries.TryGetValue(entry, out var members) && members.Remove(key) && members.Count == 0)
                        Entries.Remove(entry);
                }
            }
            if (value is null)
                return;
            foreach (var entry in keys(value))
            {
                if (!Entries.TryGetValue(entry, out var members))
                    Entries[entry] = members = [];
                members.Add(key);
            }
        }
    }
}
