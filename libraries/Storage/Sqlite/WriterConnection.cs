namespace Platform.Storage.Sqlite;

/// <summary>The write connection and its prepared statements.</summary>
internal sealed class WriterConnection : IDisposable
{
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement append;
    private readonly Statement valueOf;
    private readonly Statement addLease;
    private readonly Statement removeLease;
    private readonly Statement setMeta;
    private readonly Statement getMeta;

    public WriterConnection(string directory)
    {
        Database = Schema.OpenForWriting(directory);
        begin = Database.Prepare("BEGIN IMMEDIATE");
        commit = Database.Prepare("COMMIT");
        append = Database.Prepare($"INSERT INTO revisions({Schema.Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        valueOf = Database.Prepare("SELECT value FROM revisions WHERE revision=?1");
        addLease = Database.Prepare("INSERT INTO leases(id, time_to_live) VALUES(?1, ?2)");
        removeLease = Database.Prepare("DELETE FROM leases WHERE id=?1");
        setMeta = Database.Prepare("INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
        getMeta = Database.Prepare("SELECT value FROM meta WHERE name=?1");
    }

    public Database Database { get; }

    public void Begin() => begin.Run();

    public void Commit() => commit.Run();

    public void Append(StorageEvent commit, long previous, long lease, DateTimeOffset now)
    {
        append.Bind(1, commit.Revision).Bind(2, commit.Key).Bind(3, (long)commit.Type).Bind(4, commit.CreateRevision)
            .Bind(5, previous).Bind(6, lease).Bind(7, commit.Cause.TraceParent).Bind(8, commit.Cause.User ?? "")
            .Bind(9, commit.Cause.At.UtcTicks).Bind(10, now.UtcTicks)
            .Bind(11, commit.Type == StorageEventType.Deleted ? [] : commit.Value.Span);
        append.Run();
    }

    public byte[] ValueOf(long revision)
    {
        valueOf.Bind(1, revision);
        var value = valueOf.Step() ? valueOf.Blob(0) : [];
        valueOf.Reset();
        return value;
    }

    public void AddLease(long id, TimeSpan timeToLive) => addLease.Bind(1, id).Bind(2, timeToLive.Ticks).Run();

    public void RemoveLease(long id) => removeLease.Bind(1, id).Run();

    public void SetMeta(string name, long value) => setMeta.Bind(1, name).Bind(2, value).Run();

    /// <summary>A number kept beside the revisions; 0 where it was never set.</summary>
    public long Meta(string name)
    {
        getMeta.Bind(1, name);
        var value = getMeta.Step() ? getMeta.Integer(0) : 0;
        getMeta.Reset();
        return value;
    }

    public void Dispose() => Database.Dispose();
}
