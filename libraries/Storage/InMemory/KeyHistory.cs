using Platform.Storage.Commits;

namespace Platform.Storage.InMemory;

/// <summary>The retained revisions of every key, trimmed by a <see cref="HistoryPolicy"/>. Not thread-safe.</summary>
internal sealed class KeyHistory(HistoryPolicy policy, TimeProvider clock)
{
    private readonly Dictionary<string, List<Entry>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Keys in the order of their deletions, which are forgotten when the deletion is old enough.</summary>
    private readonly Queue<(DateTimeOffset At, string Key)> _deletions = new();

    public void Add(StorageEvent commit)
    {
        var now = clock.GetUtcNow();
        if (!_byKey.TryGetValue(commit.Key, out var entries))
            _byKey[commit.Key] = entries = new();
        var deleted = commit.Type == StorageEventType.Deleted;
        entries.Add(new(new(commit.Revision, commit.Type, deleted ? default : commit.Value, commit.Cause), now));
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
        return [.. Enumerable.Reverse(entries).Select(entry => entry.Revision)];
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

    private void Trim(string key, List<Entry> entries, DateTimeOffset now)
    {
        var sieve = new HistorySieve(policy, now);
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var (revision, at) = entries[i];
            switch (sieve.Next(at, revision.Type == StorageEventType.Deleted, revision.Cause.Minor))
            {
                case HistoryVerdict.Fold:
                    entries.RemoveAt(i);
                    break;
                case HistoryVerdict.Forget:
                    entries.RemoveRange(0, i + 1);
                    i = 0;
                    break;
            }
        }
        if (entries.Count == 0)
            _byKey.Remove(key);
    }

    private readonly record struct Entry(HistoricalRevision Revision, DateTimeOffset At);
}
