namespace Platform.Storage.Sqlite;

/// <summary>The write connection and its prepared statements.</summary>
internal sealed class WriterConnection : IDisposable
{
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _append;
    private readonly Statement _valueOf;
    private readonly Statement _addLease;
    private readonly Statement _removeLease;
    private readonly Statement _setMeta;
    private readonly Statement _getMeta;

    public WriterConnection(string directory)
    {
        Database = Schema.OpenForWriting(directory);
        _begin = Database.Prepare("BEGIN IMMEDIATE");
        _commit = Database.Prepare("COMMIT");
        _append = Database.Prepare($"INSERT INTO revisions({Schema.Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        _valueOf = Database.Prepare("SELECT value FROM revisions WHERE revision=?1");
        _addLease = Database.Prepare("INSERT INTO leases(id, time_to_live) VALUES(?1, ?2)");
        _removeLease = Database.Prepare("DELETE FROM leases WHERE id=?1");
        _setMeta = Database.Prepare("INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
        _getMeta = Database.Prepare("SELECT value FROM meta WHERE name=?1");
    }

    public Database Database { get; }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Append(StorageEvent commit, long previous, long lease, DateTimeOffset now)
    {
        _append.Bind(1, commit.Revision).Bind(2, commit.Key).Bind(3, TypeOf(commit)).Bind(4, commit.CreateRevision)
            .Bind(5, previous).Bind(6, lease).Bind(7, commit.Cause.TraceParent).Bind(8, commit.Cause.User ?? "")
            .Bind(9, commit.Cause.At.UtcTicks).Bind(10, now.UtcTicks)
            .Bind(11, commit.Type == StorageEventType.Deleted ? [] : commit.Value.Span);
        _append.Run();
    }

    private static long TypeOf(StorageEvent commit) =>
        commit is { Type: StorageEventType.Updated, Cause.Minor: true } ? Schema.MinorUpdate : (long)commit.Type;

    public byte[] ValueOf(long revision)
    {
        _valueOf.Bind(1, revision);
        var value = _valueOf.Step() ? _valueOf.Blob(0) : [];
        _valueOf.Reset();
        return value;
    }

    public void AddLease(long id, TimeSpan timeToLive) => _addLease.Bind(1, id).Bind(2, timeToLive.Ticks).Run();

    public void RemoveLease(long id) => _removeLease.Bind(1, id).Run();

    public void SetMeta(string name, long value) => _setMeta.Bind(1, name).Bind(2, value).Run();

    /// <summary>A number kept beside the revisions; 0 where it was never set.</summary>
    public long Meta(string name)
    {
        _getMeta.Bind(1, name);
        var value = _getMeta.Step() ? _getMeta.Integer(0) : 0;
        _getMeta.Reset();
        return value;
    }

    public void Dispose() => Database.Dispose();
}
