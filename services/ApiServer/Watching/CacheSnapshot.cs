using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>A resource's objects at a revision.</summary>
/// <param name="Objects">All objects.</param>
/// <param name="Revision">Every event of the resource up to this revision is in, and none after it.</param>
internal readonly record struct CacheSnapshot(KeyMap<CachedObject> Objects, long Revision)
{
    /// <summary>Keys that alone can match the selection that the snapshot was taken for, in order; null where all may.</summary>
    public string[]? Candidates { get; init; }

    /// <summary>The objects that a selection matches, in order, behind a key (empty: from the start).</summary>
    public IEnumerable<CachedObject> Matching(Selection selection, string after)
    {
        var from = after.Length > 0 ? after + "\0" : selection.From;
        var objects = Candidates is null ? Objects.Range(from, selection.To) : Found(Candidates, Objects, from);
        return selection.IsWhole ? objects : objects.Where(selection.MatchesSelectors);
    }

    private static IEnumerable<CachedObject> Found(string[] keys, KeyMap<CachedObject> objects, string from)
    {
        foreach (var key in keys)
        {
            if (string.CompareOrdinal(key, from) >= 0 && objects.Find(key) is { } found)
                yield return found;
        }
    }
}
