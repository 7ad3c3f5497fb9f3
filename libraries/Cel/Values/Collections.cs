namespace Platform.Cel.Values;

/// <summary>A list.</summary>
public abstract class CelList : CelValue
{
    private static readonly CelType Untyped = CelType.List(CelType.Dyn);

    /// <inheritdoc />
    public override CelType Type => Untyped;

    /// <summary>Number of items.</summary>
    public abstract int Count { get; }

    internal override ulong CostSize => (ulong)Count;

    /// <summary>An item by its number from 0, which must be less than <see cref="Count"/>.</summary>
    public abstract CelValue this[int index] { get; }
}

/// <summary>A list that an expression has made.</summary>
public sealed class CelArray(IReadOnlyList<CelValue> items) : CelList
{
    /// <inheritdoc />
    public override int Count => items.Count;

    /// <inheritdoc />
    public override CelValue this[int index] => items[index];
}

/// <summary>Two lists in a row, without copying them. Chains are flattened when they get long.</summary>
internal sealed class ConcatenatedList : CelList
{
    /// <summary>Lists in a row before they are copied into one.</summary>
    private const int MaximumParts = 32;

    private readonly CelList _first;
    private readonly CelList _second;
    private readonly int _parts;

    private ConcatenatedList(CelList first, CelList second, int parts) => (_first, _second, _parts) = (first, second, parts);

    public override int Count => _first.Count + _second.Count;

    public override CelValue this[int index] => index < _first.Count ? _first[index] : _second[index - _first.Count];

    public static CelList Of(CelList first, CelList second)
    {
        if (first.Count == 0)
            return second;
        if (second.Count == 0)
            return first;
        var parts = Parts(first) + Parts(second);
        var result = new ConcatenatedList(first, second, parts);
        if (parts <= MaximumParts)
            return result;
        var items = new CelValue[result.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = result[i];
        return new CelArray(items);
    }

    private static int Parts(CelList list) => list is ConcatenatedList chain ? chain._parts : 1;
}

/// <summary>The accumulator of a macro that collects items: nobody else sees it before it is finished, so it grows in place.</summary>
internal sealed class GrowingList : CelList
{
    private readonly List<CelValue> _items = [];

    public override int Count => _items.Count;

    public override CelValue this[int index] => _items[index];

    public void Add(CelValue item) => _items.Add(item);
}

/// <summary>A map, or an object with declared fields.</summary>
public abstract class CelMap : CelValue
{
    private static readonly CelType Untyped = CelType.Map(CelType.Dyn, CelType.Dyn);

    /// <inheritdoc />
    public override CelType Type => Untyped;

    /// <summary>Number of entries.</summary>
    public abstract int Count { get; }

    /// <summary>Keys, in the order of the entries.</summary>
    public abstract IEnumerable<CelValue> Keys { get; }

    internal override ulong CostSize => (ulong)Count;

    /// <summary>The value of a key; null where there is none.</summary>
    public abstract CelValue? Find(CelValue key);

    /// <summary>The value of a text key or field; null where there is none.</summary>
    public virtual CelValue? Find(string key) => Find(new CelString(key));
}

/// <summary>A map that an expression has made, in the order in which it was written.</summary>
public sealed class CelDictionary : CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries;

    /// <summary>A map of entries, whose keys must differ.</summary>
    public CelDictionary(IEnumerable<KeyValuePair<CelValue, CelValue>> entries) => _entries = new(entries, KeyComparer.Instance);

    internal CelDictionary(Dictionary<CelValue, CelValue> entries) => _entries = entries;

    /// <inheritdoc />
    public override int Count => _entries.Count;

    /// <inheritdoc />
    public override IEnumerable<CelValue> Keys => _entries.Keys;

    /// <inheritdoc />
    public override CelValue? Find(CelValue key) => _entries.GetValueOrDefault(key);
}

/// <summary>Keys are equal as values of the language are: 1, 1u and 1.0 are one key.</summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static KeyComparer Instance { get; } = new();

    public bool Equals(CelValue? x, CelValue? y) => x is not null && y is not null && Equality.Equal(x, y);

    public int GetHashCode(CelValue value) => value switch
    {
        CelString text => text.Value.GetHashCode(StringComparison.Ordinal),
        CelBool flag => flag.Value ? 1 : 2,
        CelInt number => ((double)number.Value).GetHashCode(),
        CelUint number => ((double)number.Value).GetHashCode(),
        CelDouble number => number.Value.GetHashCode(),
        _ => 0,
    };
}
