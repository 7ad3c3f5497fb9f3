using System.Runtime.InteropServices;

namespace Platform.ApiServer.Watching;

/// <summary>
/// Finds the watchers that an event may concern. With thousands of node agents that each watch the pods of one node, offering every event
/// to every watcher would make the server's work the product of both. So a watcher that requires one value of one field, or one namespace,
/// is filed under that value. Used only under the cache's lock.
/// </summary>
internal sealed class WatcherIndex
{
    private readonly List<Watcher> _unfiltered = [];
    private readonly Dictionary<string, Dictionary<string, List<Watcher>>> _byField = [];

    public int Count { get; private set; }

    public void Add(Watcher watcher)
    {
        Count++;
        if (FileUnder(watcher.Selection) is not var (field, value))
        {
            _unfiltered.Add(watcher);
            return;
        }
        if (!_byField.TryGetValue(field, out var values))
            _byField[field] = values = new(StringComparer.Ordinal);
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(values, value, out _);
        (list ??= []).Add(watcher);
    }

    public void Remove(Watcher watcher)
    {
        if (FileUnder(watcher.Selection) is not var (field, value))
        {
            Count -= _unfiltered.Remove(watcher) ? 1 : 0;
            return;
        }
        if (!_byField.TryGetValue(field, out var values) || !values.TryGetValue(value, out var list) || !list.Remove(watcher))
            return;
        Count--;
        if (list.Count == 0)
            values.Remove(value);
        if (values.Count == 0)
            _byField.Remove(field);
    }

    public void Offer(CacheEvent item)
    {
        Offer(_unfiltered, item);
        foreach (var (field, values) in _byField)
        {
            var now = field == CachedObject.NamespaceField ? item.Object.Namespace : item.Object.Field(field);
            var lookup = values.GetAlternateLookup<ReadOnlySpan<char>>();
            if (lookup.TryGetValue(now, out var list))
                Offer(list, item);
            if (item.Old is null || field == CachedObject.NamespaceField)
                continue;
            var before = item.Old.Field(field);
            if (!now.SequenceEqual(before) && lookup.TryGetValue(before, out list))
                Offer(list, item);
        }
    }

    public void EndAll()
    {
        foreach (var watcher in _unfiltered.Concat(_byField.Values.SelectMany(v => v.Values).SelectMany(l => l)))
            watcher.End();
        _unfiltered.Clear();
        _byField.Clear();
        Count = 0;
    }

    private static void Offer(List<Watcher> list, CacheEvent item)
    {
        for (var i = list.Count - 1; i >= 0; i--)
            list[i].Offer(item);
    }

    private static (string Field, string Value)? FileUnder(Selection selection)
    {
        foreach (var requirement in selection.Fields.Requirements)
        {
            if (!requirement.Negated && requirement.Field != CachedObject.NamespaceField)
                return (requirement.Field, requirement.Value);
        }
        return selection.Namespace.Length > 0 ? (CachedObject.NamespaceField, selection.Namespace) : null;
    }
}
