namespace Platform.Storage.InMemory;

/// <summary>Values ordered by their keys alone, so that a value with only a key finds its place in a sorted set.</summary>
internal sealed class KeyOrder : IComparer<StoredValue>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(StoredValue? x, StoredValue? y) => string.CompareOrdinal(x?.Key, y?.Key);

    /// <summary>A value that stands for a key in searches.</summary>
    public static StoredValue Probe(string key) => new(key, default, 0, 0);

    /// <summary>The smallest key behind all keys with a prefix; null where there is no such key.</summary>
    public static string? EndOfPrefix(string prefix)
    {
        for (var last = prefix.Length - 1; last >= 0; last--)
        {
            if (prefix[last] < char.MaxValue) return string.Concat(prefix.AsSpan(0, last), ((char)(prefix[last] + 1)).ToString());
        }

        return null;
    }
}
