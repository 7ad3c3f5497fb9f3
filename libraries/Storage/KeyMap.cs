namespace Platform.Storage;

/// <summary>What a <see cref="KeyMap{T}"/> holds.</summary>
public interface IKeyed
{
    /// <summary>Key, which never changes.</summary>
    string Key { get; }
}

/// <summary>
/// A persistent map in key order: a B+ tree whose nodes are never changed. A write copies the nodes on its path (one leaf and mostly one or two
/// branches); a reader that holds a map sees that state for ever, without a lock. Branches know how many items are below them, so that what remains
/// behind a page is counted without walking. Nodes that become empty are dropped; others are not merged, since the map's load is mostly inserts
/// and replacements and half-empty leaves only cost memory.
/// </summary>
/// <typeparam name="T">Items, which are ordered by the ordinal values of their keys' characters.</typeparam>
public sealed class KeyMap<T>
    where T : class, IKeyed
{
    /// <summary>Most children of a branch and most items of a leaf.</summary>
    private const int Width = 64;

    private readonly Node _root;

    private KeyMap(Node root) => _root = root;

    /// <summary>The map without items.</summary>
    public static KeyMap<T> Empty { get; } = new(new Leaf([]));

    /// <summary>Number of items.</summary>
    public int Count => _root.Count;

    /// <summary>A map of items in any order, each key once.</summary>
    public static KeyMap<T> Of(IEnumerable<T> items)
    {
        T[] sorted = [.. items];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        if (sorted.Length == 0)
            return Empty;
        Node[] level = [.. sorted.Chunk(Width).Select(chunk => new Leaf(chunk))];
        while (level.Length > 1)
            level = [.. level.Chunk(Width).Select(chunk => new Branch(chunk))];
        return new(level[0]);
    }

    /// <summary>The item of a key; null where there is none.</summary>
    public T? Find(string key)
    {
        var node = _root;
        while (node is Branch branch)
            node = branch.Children[branch.ChildFor(key)];
        var leaf = (Leaf)node;
        var at = leaf.Search(key);
        return at >= 0 ? leaf.Items[at] : null;
    }

    /// <summary>With an item in place of the one that its key had, if any.</summary>
    public KeyMap<T> Put(T item)
    {
        var (node, right) = _root.Put(item);
        return new(right is null ? node : new Branch([node, right]));
    }

    /// <summary>Without a key; the same map where it has none.</summary>
    public KeyMap<T> Remove(string key)
    {
        var node = _root.Remove(key);
        if (ReferenceEquals(node, _root))
            return this;
        while (node is Branch { Children.Length: 1 } branch)
            node = branch.Children[0];
        return node is null ? Empty : new(node);
    }

    /// <summary>How many keys are less than the given one.</summary>
    public int Rank(string key)
    {
        var rank = 0;
        var node = _root;
        while (node is Branch branch)
        {
            var child = branch.ChildFor(key);
            for (var i = 0; i < child; i++)
                rank += branch.Children[i].Count;
            node = branch.Children[child];
        }
        var at = ((Leaf)node).Search(key);
        return rank + (at >= 0 ? at : ~at);
    }

    /// <summary>Items in key order whose key is not less than <paramref name="from"/> and less than <paramref name="to"/> (null: to the end).</summary>
    public IEnumerable<T> Range(string from, string? to)
    {
        foreach (var leaf in Leaves(_root, from))
        {
            var start = leaf.Search(from);
            for (var i = start >= 0 ? start : ~start; i < leaf.Items.Length; i++)
            {
                var item = leaf.Items[i];
                if (to is not null && string.CompareOrdinal(item.Key, to) >= 0)
                    yield break;
                yield return item;
            }
        }
    }

    private static IEnumerable<Leaf> Leaves(Node root, string from)
    {
        var path = new Stack<(Branch Branch, int Child)>();
        var node = root;
        while (true)
        {
            while (node is Branch branch)
            {
                var child = branch.ChildFor(from);
                path.Push((branch, child));
                node = branch.Children[child];
            }
            yield return (Leaf)node;
            while (path.Count > 0 && path.Peek().Child + 1 == path.Peek().Branch.Children.Length)
                path.Pop();
            if (path.Count == 0)
                yield break;
            var (parent, last) = path.Pop();
            path.Push((parent, last + 1));
            node = parent.Children[last + 1];
        }
    }

    private abstract class Node(int count, string first)
    {
        public readonly int Count = count;

        /// <summary>Least key below; empty for the empty map.</summary>
        public readonly string First = first;

        /// <summary>The node with the item in it, and the new node to its right where it had to be split.</summary>
        public abstract (Node Node, Node? Right) Put(T item);

        /// <summary>The node without the key: itself where it has none, null where nothing is left.</summary>
        public abstract Node? Remove(string key);
    }

    private sealed class Leaf(T[] items) : Node(items.Length, items.Length == 0 ? "" : items[0].Key)
    {
        public readonly T[] Items = items;

        /// <summary>Index of the key, or the complement of where it belongs.</summary>
        public int Search(string key)
        {
            int low = 0, high = Items.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var order = string.CompareOrdinal(Items[middle].Key, key);
                if (order == 0)
                    return middle;
                if (order < 0)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            return ~low;
        }

        public override (Node Node, Node? Right) Put(T item)
        {
            var at = Search(item.Key);
            if (at >= 0)
                return (new Leaf(Copies.With(Items, at, item)), null);
            var all = Copies.Inserted(Items, ~at, item);
            if (all.Length <= Width)
                return (new Leaf(all), null);
            // Keys that arrive in ascending order (generated names do) leave full leaves behind instead of half-full ones.
            var cut = ~at == Items.Length ? Width : all.Length / 2;
            return (new Leaf(all[..cut]), new Leaf(all[cut..]));
        }

        public override Node? Remove(string key)
        {
            var at = Search(key);
            return at < 0 ? this : Items.Length == 1 ? null : new Leaf(Copies.Without(Items, at));
        }
    }

    private sealed class Branch(Node[] children, int count) : Node(count, children[0].First)
    {
        public Branch(Node[] children)
            : this(children, children.Sum(c => c.Count))
        {
        }

        public readonly Node[] Children = children;

        /// <summary>Index of the child that holds the key if any does.</summary>
        public int ChildFor(string key)
        {
            int low = 1, high = Children.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                if (string.CompareOrdinal(Children[middle].First, key) <= 0)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            return low - 1;
        }

        public override (Node Node, Node? Right) Put(T item)
        {
            var at = ChildFor(item.Key);
            var (child, right) = Children[at].Put(item);
            var all = Copies.With(Children, at, child);
            if (right is null)
                return (new Branch(all, Count + child.Count - Children[at].Count), null);
            all = Copies.Inserted(all, at + 1, right);
            if (all.Length <= Width)
                return (new Branch(all), null);
            var cut = at + 2 == all.Length ? Width : all.Length / 2;
            return (new Branch(all[..cut]), new Branch(all[cut..]));
        }

        public override Node? Remove(string key)
        {
            var at = ChildFor(key);
            var child = Children[at].Remove(key);
            if (ReferenceEquals(child, Children[at]))
                return this;
            if (child is not null)
                return new Branch(Copies.With(Children, at, child), Count - 1);
            return Children.Length == 1 ? null : new Branch(Copies.Without(Children, at));
        }
    }

    private static class Copies
    {
        public static TItem[] With<TItem>(TItem[] source, int at, TItem item)
        {
            var copy = source.AsSpan().ToArray();
            copy[at] = item;
            return copy;
        }

        public static TItem[] Inserted<TItem>(TItem[] source, int at, TItem item)
        {
            var copy = new TItem[source.Length + 1];
            source.AsSpan(0, at).CopyTo(copy);
            copy[at] = item;
            source.AsSpan(at).CopyTo(copy.AsSpan(at + 1));
            return copy;
        }

        public static TItem[] Without<TItem>(TItem[] source, int at)
        {
            var copy = new TItem[source.Length - 1];
            source.AsSpan(0, at).CopyTo(copy);
            source.AsSpan(at + 1).CopyTo(copy.AsSpan(at));
            return copy;
        }
    }
}
