using System.Runtime.InteropServices;

namespace Platform.ApiServer.Watching;

/// <summary>
/// The keys of the objects that have one value, for every value of one label or field. An index that is read by tens of objects at a time must
/// not cost what the objects cost, so each shape has its form: the single key of a value that only one object has stands in the table itself,
/// several are a sorted array, and of a value that too many objects have only the number is kept - looking at all objects is then as good.
/// Used under the cache's lock.
/// </summary>
internal sealed class KeyPostings
{
    /// <summary>Most keys that are listed for one value.</summary>
    public const int MaximumKeys = 4_096;

    private readonly Dictionary<string, object> _byValue = new(StringComparer.Ordinal);

    /// <summary>Number of objects that have a value at all.</summary>
    public int Count { get; private set; }

    public IEnumerable<string> Values => _byValue.Keys;

    public int ValueCount => _byValue.Count;

    /// <summary>Adds a key and returns the value, for the object to hold the string that the index holds.</summary>
    public string Add(string value, string key)
    {
        Count++;
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_byValue, value, out var known);
        if (!known)
            slot = key;
        else if (slot is string only)
            slot = new KeyList(only, key);
        else
            ((KeyList)slot!).Add(key);
        return value;
    }

    public void Remove(string value, string key)
    {
        if (!_byValue.TryGetValue(value, out var slot))
            return;
        Count--;
        if (slot is string || ((KeyList)slot).Remove(key) == 0)
            _byValue.Remove(value);
    }

    /// <summary>The very string that the index holds for a value that some object has.</summary>
    public string? Known(ReadOnlySpan<char> value) =>
        _byValue.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var known, out _) ? known : null;

    /// <summary>How many objects have the value.</summary>
    public int CountOf(string value) => _byValue.TryGetValue(value, out var slot) ? (slot as KeyList)?.Count ?? 1 : 0;

    /// <summary>The keys of the objects with the value, in order; null where they are not listed.</summary>
    public ReadOnlyMemory<string>? KeysOf(string value)
    {
        if (!_byValue.TryGetValue(value, out var slot))
            return ReadOnlyMemory<string>.Empty;
        return slot is string only ? new[] { only } : ((KeyList)slot).Keys;
    }

    /// <summary>Lists the keys of a value anew that so many objects had that they were not listed any more.</summary>
    public void Restore(string value, IEnumerable<string> ordered) => _byValue[value] = new KeyList([.. ordered]);

    private sealed class KeyList
    {
        /// <summary>Sorted; null where there are too many.</summary>
        private string[]? _keys;

        public KeyList(string one, string other)
        {
            _keys = string.CompareOrdinal(one, other) < 0 ? [one, other] : [other, one];
            Count = 2;
        }

        public KeyList(string[] ordered)
        {
            _keys = ordered;
            Count = ordered.Length;
        }

        public int Count { get; private set; }

        public ReadOnlyMemory<string>? Keys => _keys is null ? default(ReadOnlyMemory<string>?) : _keys.AsMemory(0, Count);

        public void Add(string key)
        {
            if (_keys is not null && Count == MaximumKeys)
                _keys = null;
            if (_keys is not null)
            {
                // Keys mostly come in order: generated names of one set do, and so does everything when the cache is filled.
                var at = Count > 0 && string.CompareOrdinal(_keys[Count - 1], key) < 0 ? Count : ~Search(key);
                if (Count == _keys.Length)
                    Array.Resize(ref _keys, Math.Min(MaximumKeys, Count + Math.Max(2, Count / 2)));
                Array.Copy(_keys, at, _keys, at + 1, Count - at);
                _keys[at] = key;
            }
            Count++;
        }

        public int Remove(string key)
        {
            Count--;
            if (_keys is null)
                return Count;
            var at = Array.BinarySearch(_keys, 0, Count + 1, key, StringComparer.Ordinal);
            Array.Copy(_keys, at + 1, _keys, at, Count - at);
            _keys[Count] = null!;
            return Count;
        }

        private int Search(string key) => Array.BinarySearch(_keys!, 0, Count, key, StringComparer.Ordinal);
    }
}
