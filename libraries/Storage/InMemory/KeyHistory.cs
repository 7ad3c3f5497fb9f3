namespace Platform.Storage.InMemory;

/// <summary>The retained revisions of every key, trimmed by a <see cref="HistoryPolicy"/>. Not thread-safe.</summary>
internal sealed class KeyHistory(HistoryPolicy policy, TimeProvider clock)
{
    private readonly Dictionary<string, Queue<Entry>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Keys in the order of their deletions, which are forgotten when the deletion is old enough.</summary>
    private readonly Queue<(DateTimeOffset At, string Key)> _deletions = new();

    public void Add(StorageEvent commit)
    {
        var now = clock.GetUtcNow();
        if (!_byKey.TryGetValue(commit.Key, out var entries))
            _byKey[commit.Key] = entries = new();
        var deleted = commit.Type == StorageEventType.Deleted;
        entries.Enqueue(new(new(commit.Revision, commit.Type, deleted ? default : commit.Value, commit.Cause), now));
        if (deleted)
            _deletions.Enqueue((now, commit.Key));
        Trim(commit.Key, entries, now);
        ForgetDeleted(now);
    }

    /// <summary>The revisions of a key, newest first.</summary>
    public HistoricalRevision[] Of(string key)
    {
        if (!_byKey.TryGetValue(key, out var entries))
            return [];
        Trim(key, entries, clock.GetUtcNow());
        if (!_byKey.ContainsKey(key))
            return [];
        return [.. entries.Select(entry => entry.Revision).Reverse()];
    }

    private void ForgetDeleted(DateTimeOffset now)
    {
        while (_deletions.TryPeek(out var oldest) && now - oldest.At > policy.MaxAge)
        {
            _deletions.Dequeue();
            if (_byKey.TryGetValue(oldest.Key, out var entries))
                Trim(oldest.Key, entries, now);
        }
    }

    private void Trim(string key, Queue<Entry> entries, DateTimeOffset now)
    {
        // An entry was superseded when the next one was committed; a deletion is superseded from the start.
        while (entries.Count > 1 && (entries.Count > policy.MaxRevisions || now - entries.ElementAt(1).At > policy.MaxAge))
            entries.Dequeue();
        if (entries.Count == 1 && entries.Peek() is { Revision.Type: StorageEventType.Deleted } last && now - last.At > policy.MaxAge)
            _byKey.Remove(key);
    }

    private readonly record struct Entry(HistoricalRevision Revision, DateTimeOffset At);
}
