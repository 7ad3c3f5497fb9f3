namespace Platform.Storage.Sqlite;

/// <summary>
/// The tables. <c>revisions</c> is append-only but for retention: the row of a revision says what its commit did to its one key. The wide
/// value comes last, so that reading the other columns does not touch the pages into which it overflows.
/// </summary>
internal static class Schema
{
    public const string FileName = "store.db";

    /// <summary>The newest revision that was compacted.</summary>
    public const string Horizon = "horizon";

    /// <summary>Columns of <c>revisions</c> in the order that <see cref="RevisionReader"/> and <see cref="WriterConnection"/> use.</summary>
    public const string Columns = "revision, key, type, create_revision, previous, lease, trace, user, caused_at, committed_at, value";

    /// <summary>
    /// The column <c>type</c> of an update that is minor; else it is the <see cref="StorageEventType"/>. There rather than in a column of its
    /// own, since retention then finds it in the index.
    /// </summary>
    public const int MinorUpdate = 3;

    private const int Version = 1;

    /// <summary>
    /// Pages of the write-ahead log (4 KiB each) after which the writer copies back itself what <see cref="Checkpointer"/> has not got to yet, so
    /// that the log can begin anew.
    /// </summary>
    private const int CheckpointPages = 4_000;

    /// <summary>Size to which the write-ahead log is cut after it was copied back, in bytes.</summary>
    private const int LogLimit = 32 << 20;

    /// <summary>Memory for pages per connection, in KiB.</summary>
    private const int CacheSize = 2_048;

    private const string Tables = """
        CREATE TABLE revisions(
          revision INTEGER PRIMARY KEY, key TEXT NOT NULL, type INTEGER NOT NULL, create_revision INTEGER NOT NULL,
          previous INTEGER NOT NULL, lease INTEGER NOT NULL, trace TEXT, user TEXT NOT NULL, caused_at INTEGER NOT NULL,
          committed_at INTEGER NOT NULL, value BLOB);
        CREATE INDEX revisions_of_key ON revisions(key, revision, type);
        CREATE TABLE leases(id INTEGER PRIMARY KEY, time_to_live INTEGER NOT NULL);
        CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Opens the file for writing, and makes its tables where it is new.</summary>
    public static Database OpenForWriting(string directory)
    {
        var database = new Database(Path.Combine(directory, FileName));
        try
        {
            database.Execute("PRAGMA journal_mode=WAL");
            database.Execute("PRAGMA synchronous=FULL");
            database.Execute($"PRAGMA wal_autocheckpoint={CheckpointPages}");
            database.Execute($"PRAGMA journal_size_limit={LogLimit}");
            database.Execute($"PRAGMA cache_size=-{CacheSize}");
            switch (database.Scalar("PRAGMA user_version"))
            {
                case "0":
                    database.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA user_version={Version}; COMMIT");
                    break;
                case var version when version != $"{Version}":
                    throw new StorageException(StorageError.Unavailable,
                        $"the store in {directory} has format {version}; this version reads format {Version}");
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file for reading.</summary>
    public static Database OpenForReading(string directory)
    {
        var database = new Database(Path.Combine(directory, FileName));
        database.Execute("PRAGMA query_only=1");
        database.Execute($"PRAGMA cache_size=-{CacheSize}");
        return database;
    }
}
