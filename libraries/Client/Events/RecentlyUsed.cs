namespace Platform.Client.Events;

/// <summary>A dictionary of bounded size that forgets what was used least recently. Not safe for concurrent use.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public TValue? Find(TKey key)
    {
        if (!_nodes.TryGetValue(key, out var node))
            return null;
        _order.Remove(node);
        _order.AddFirst(node);
        return node.Value.Value;
    }

    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        if (Find(key) is { } found)
            return found;
        var value = make();
        Set(key, value);
        return value;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.Remove(key, out var node))
            _order.Remove(node);
        else if (_nodes.Count >= capacity)
        {
            _nodes.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
        _nodes[key] = _order.AddFirst((key, value));
    }
}
