using Platform.Storage.Commits;
using Platform.Storage.Leases;

namespace Platform.Storage.Sqlite;

/// <summary>Reads what the writer keeps in memory when a store is opened.</summary>
internal static class StoreLoader
{
    /// <summary>Files up to this size are checked completely when they are opened, in bytes; larger ones as far as opening reads them.</summary>
    private const long MaxCheckedSize = 64L << 20;

    private const string LatestRows = """
        SELECT r.revision, r.key, r.create_revision, r.lease
        FROM (SELECT max(revision) AS latest FROM revisions GROUP BY key) JOIN revisions r ON r.revision=latest
        """;

    /// <summary>The state that the file holds.</summary>
    public static StoreState Load(string directory, WriterConnection connection, LeaseTable leases)
    {
        Check(directory, connection.Database);
        var horizon = Math.Max(connection.Meta(Schema.Horizon), StoreState.FirstRevision);
        var revision = horizon;
        using (var newest = connection.Database.Prepare("SELECT revision FROM revisions ORDER BY revision DESC LIMIT 1"))
        {
            // Retention may have deleted the newest row, but nothing behind the horizon.
            if (newest.Step())
                revision = Math.Max(revision, newest.Integer(0));
        }

        LoadLeases(connection.Database, leases);
        return new(revision, LoadKeys(connection.Database, leases), horizon);
    }

    private static KeyMap<StoredValue> LoadKeys(Database database, LeaseTable leases)
    {
        List<StoredValue> values = [];
        using var rows = database.Prepare($"{LatestRows} WHERE r.type<>{(int)StorageEventType.Deleted}");
        while (rows.Step())
        {
            var key = rows.Text(1);
            values.Add(new(key, default, rows.Integer(2), rows.Integer(0)));
            if (rows.Integer(3) is > 0 and var lease)
                leases.Attach(key, lease);
        }

        return KeyMap<StoredValue>.Of(values);
    }

    private static void LoadLeases(Database database, LeaseTable leases)
    {
        using var rows = database.Prepare("SELECT id, time_to_live FROM leases");
        while (rows.Step())
            leases.Restore(rows.Integer(0), TimeSpan.FromTicks(rows.Integer(1)));
    }

    private static void Check(string directory, Database database)
    {
        if (new FileInfo(Path.Combine(directory, Schema.FileName)).Length > MaxCheckedSize)
            return;
        var verdict = database.Scalar("PRAGMA quick_check(1)");
        if (verdict != "ok")
            throw new StorageException(StorageError.Unavailable, $"the store in {directory} is damaged: {verdict}; restore it from a backup");
    }
}
