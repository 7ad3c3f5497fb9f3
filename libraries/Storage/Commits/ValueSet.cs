using System.Collections.Immutable;

namespace Platform.Storage.Commits;

/// <summary>
/// The keys that exist at one revision, in order: a persistent sorted set, so that a commit makes a new one which shares all but a path of
/// nodes, and readers need no lock. Engines that keep values elsewhere leave them empty here.
/// </summary>
internal sealed class ValueSet
{
    public static readonly ValueSet Empty = new(ImmutableSortedSet.Create<StoredValue>(KeyOrder.Instance));

    private readonly ImmutableSortedSet<StoredValue> _values;

    private ValueSet(ImmutableSortedSet<StoredValue> values) => _values = values;

    public StoredValue this[int index] => _values[index];

    public static ValueSet Of(IEnumerable<StoredValue> values) => new(values.ToImmutableSortedSet(KeyOrder.Instance));

    public StoredValue? Find(string key) => _values.TryGetValue(Probe(key), out var found) ? found : null;

    /// <summary>With a value in place of the one that its key had.</summary>
    public ValueSet With(StoredValue value, StoredValue? existing) =>
        new((existing is null ? _values : _values.Remove(existing)).Add(value));

    public ValueSet Without(StoredValue existing) => new(_values.Remove(existing));

    /// <summary>Where the page that a query asks for begins, how long it is, and how many keys follow it in the range.</summary>
    public (int Start, int Count, int Remaining) Page(RangeQuery query)
    {
        var start = FirstFrom(KeyRange.Start(query));
        var end = KeyRange.EndOfPrefix(query.Prefix) is { } next ? FirstFrom(next) : _values.Count;
        var inRange = Math.Max(0, end - start);
        var count = query.Limit > 0 ? Math.Min(query.Limit, inRange) : inRange;
        return (start, count, inRange - count);
    }

    private static StoredValue Probe(string key) => new(key, default, 0, 0);

    private int FirstFrom(string key)
    {
        var index = _values.IndexOf(Probe(key));
        return index >= 0 ? index : ~index;
    }

    private sealed class KeyOrder : IComparer<StoredValue>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(StoredValue? x, StoredValue? y) => string.CompareOrdinal(x?.Key, y?.Key);
    }
}
