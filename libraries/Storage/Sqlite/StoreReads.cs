using Platform.Storage.Commits;

namespace Platform.Storage.Sqlite;

/// <summary>Reads: of the present through the keys in memory, of a revision before through the index on disk.</summary>
internal sealed class StoreReads(StoreState state, ReaderPool readers)
{
    /// <summary>How often a read of the present starts again because what it saw was overwritten and trimmed meanwhile.</summary>
    private const int MaxAttempts = 8;

    public static StorageException Overwritten() =>
        new(StorageError.Unavailable, "the value was overwritten faster than it could be read; try again");

    public async ValueTask<StoredValue?> GetAsync(string key, long revision, CancellationToken cancellationToken)
    {
        if (revision != 0 && revision != state.Current.Revision)
        {
            Validate(revision);
            var then = await readers.ReadAsync(reader => reader.ValueAt(key, revision), cancellationToken);
            state.ThrowIfCompacted(revision);
            return then;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (state.Current.Keys.Find(key) is not { } entry)
                return null;
            if (Recent(entry) is { } recent)
                return recent;
            if (await readers.ReadAsync(reader => reader.Value(entry.ModRevision), cancellationToken) is { } found)
                return found;
        }

        throw Overwritten();
    }

    public async ValueTask<RangePage> RangeAsync(RangeQuery query, CancellationToken cancellationToken)
    {
        if (query.Revision != 0 && query.Revision != state.Current.Revision)
        {
            Validate(query.Revision);
            var then = await readers.ReadAsync(reader => reader.PageAt(query), cancellationToken);
            state.ThrowIfCompacted(query.Revision);
            return then;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var now = state.Current;
            if (await readers.ReadAsync(reader => PageNow(reader, query, now), cancellationToken) is { } page)
                return page;
        }

        throw Overwritten();
    }

    private StoredValue? Recent(StoredValue entry) =>
        state.Feed.Find(entry.ModRevision) is { } commit ? entry with { Value = commit.Value } : null;

    private RangePage? PageNow(RevisionReader reader, RangeQuery query, StoreSnapshot now)
    {
        var (entries, count, remaining) = KeyRange.Page(now.Keys, query);
        var items = new List<StoredValue>(count);
        foreach (var entry in entries)
        {
            if ((Recent(entry) ?? reader.Value(entry.ModRevision)) is not { } item)
                return null;
            items.Add(item);
        }

        return new(items, now.Revision, remaining);
    }

    private void Validate(long revision)
    {
        var current = state.Current.Revision;
        if (revision > current)
            throw StorageErrors.Future(revision, current);
        state.ThrowIfCompacted(revision);
    }
}
