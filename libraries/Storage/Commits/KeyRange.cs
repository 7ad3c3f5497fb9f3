namespace Platform.Storage.Commits;

/// <summary>The keys that a query is about, as a half-open interval.</summary>
internal static class KeyRange
{
    /// <summary>The page that a query asks for, how long it is, and how many keys follow it in the range.</summary>
    public static (IEnumerable<StoredValue> Items, int Count, int Remaining) Page(KeyMap<StoredValue> keys, RangeQuery query)
    {
        var (start, end) = (Start(query), EndOfPrefix(query.Prefix));
        var inRange = Math.Max(0, (end is null ? keys.Count : keys.Rank(end)) - keys.Rank(start));
        var count = query.Limit > 0 ? Math.Min(query.Limit, inRange) : inRange;
        return (keys.Range(start, end).Take(count), count, inRange - count);
    }

    /// <summary>The smallest key that may be in the answer.</summary>
    public static string Start(RangeQuery query) =>
        query.After is { } after && string.CompareOrdinal(after, query.Prefix) >= 0 ? after + '\0' : query.Prefix;

    /// <summary>The smallest key behind all keys with a prefix; null where there is no such key.</summary>
    public static string? EndOfPrefix(string prefix)
    {
        for (var last = prefix.Length - 1; last >= 0; last--)
        {
            if (prefix[last] < char.MaxValue)
                return string.Concat(prefix.AsSpan(0, last), ((char)(prefix[last] + 1)).ToString());
        }

        return null;
    }
}
