using Platform.Storage.Commits;

namespace Platform.Storage.Sqlite;

/// <summary>A read connection and its prepared statements.</summary>
internal sealed class RevisionReader : IDisposable
{
    /// <summary>Rows that one read of the table for a watch looks at.</summary>
    private const int WatchRows = 512;

    private readonly Database _database;
    private readonly Statement _byRevision;
    private readonly Statement _ofKeyAt;
    private readonly Statement _keysAt;
    private readonly Statement _eventsAfter;
    private readonly Statement _historyOf;

    public RevisionReader(string directory)
    {
        _database = Schema.OpenForReading(directory);
        _byRevision = _database.Prepare($"SELECT {Schema.Columns} FROM revisions WHERE revision=?1");
        _ofKeyAt = _database.Prepare($"SELECT {Schema.Columns} FROM revisions WHERE key=?1 AND revision<=?2 ORDER BY revision DESC LIMIT 1");
        _keysAt = _database.Prepare(
            "SELECT key, max(revision), type FROM revisions WHERE key>=?1 AND (?2 IS NULL OR key<?2) AND revision<=?3 GROUP BY key ORDER BY key");
        _eventsAfter = _database.Prepare($"SELECT {Schema.Columns} FROM revisions WHERE revision>?1 AND revision<=?2 ORDER BY revision LIMIT {WatchRows}");
        _historyOf = _database.Prepare($"SELECT {Schema.Columns} FROM revisions WHERE key=?1 ORDER BY revision DESC");
    }

    /// <summary>What the commit with a revision wrote; null where that is no longer kept.</summary>
    public StoredValue? Value(long revision)
    {
        _byRevision.Bind(1, revision);
        return One(_byRevision);
    }

    /// <summary>The value of a key at a revision; null where it did not exist.</summary>
    public StoredValue? ValueAt(string key, long revision)
    {
        _ofKeyAt.Bind(1, key).Bind(2, revision);
        return One(_ofKeyAt);
    }

    /// <summary>A page of what there was at a revision.</summary>
    public RangePage PageAt(RangeQuery query)
    {
        List<StoredValue> items = [];
        var remaining = 0L;
        _keysAt.Bind(1, KeyRange.Start(query)).Bind(2, KeyRange.EndOfPrefix(query.Prefix)).Bind(3, query.Revision);
        while (_keysAt.Step())
        {
            if ((StorageEventType)_keysAt.Integer(2) == StorageEventType.Deleted)
                continue;
            if (query.Limit > 0 && items.Count == query.Limit)
                remaining++;
            else if (Value(_keysAt.Integer(1)) is { } value)
                items.Add(value);
        }

        return new(items, query.Revision, remaining);
    }

    /// <summary>The commits after a revision up to another, or the first of them, under a prefix.</summary>
    public StorageBatch EventsAfter(string prefix, long after, long upTo)
    {
        List<StorageEvent> events = [];
        var rows = 0;
        var last = after;
        _eventsAfter.Bind(1, after).Bind(2, upTo);
        while (_eventsAfter.Step())
        {
            rows++;
            last = _eventsAfter.Integer(0);
            if (_eventsAfter.Text(1).StartsWith(prefix, StringComparison.Ordinal))
                events.Add(Event(_eventsAfter));
        }

        return new(events, rows == WatchRows ? last : upTo);
    }

    /// <summary>The kept revisions of a key, newest first, without their values: fifty large ones would be much memory at once.</summary>
    public List<HistoricalRevision> History(string key, HistorySieve sieve)
    {
        List<HistoricalRevision> revisions = [];
        _historyOf.Bind(1, key);
        while (_historyOf.Step())
        {
            var (type, cause) = (TypeOf(_historyOf), CauseOf(_historyOf));
            var verdict = sieve.Next(Time(_historyOf.Integer(9)), type == StorageEventType.Deleted, cause.Minor);
            if (verdict == HistoryVerdict.Forget)
                break;
            if (verdict == HistoryVerdict.Keep)
                revisions.Add(new(_historyOf.Integer(0), type, default, cause));
        }

        _historyOf.Reset();
        return revisions;
    }

    public void Dispose() => _database.Dispose();

    private static StoredValue? One(Statement row)
    {
        if (!row.Step())
            return null;
        var found = (StorageEventType)row.Integer(2) == StorageEventType.Deleted
            ? null
            : new StoredValue(row.Text(1), row.Blob(10), row.Integer(3), row.Integer(0));
        row.Reset();
        return found;
    }

    private static Cause CauseOf(Statement row) =>
        new(row.TextOrNull(6), row.Text(7), Time(row.Integer(8))) { Minor = row.Integer(2) == Schema.MinorUpdate };

    private static StorageEventType TypeOf(Statement row) =>
        row.Integer(2) is Schema.MinorUpdate ? StorageEventType.Updated : (StorageEventType)row.Integer(2);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private StorageEvent Event(Statement row)
    {
        var type = TypeOf(row);

        // A deletion has no value of its own: its event carries the last one, whose row is kept as long as the deletion can be watched.
        var value = type == StorageEventType.Deleted ? Value(row.Integer(4))?.Value ?? default : row.Blob(10);
        return new(type, row.Text(1), value, row.Integer(0), row.Integer(3), CauseOf(row));
    }
}
