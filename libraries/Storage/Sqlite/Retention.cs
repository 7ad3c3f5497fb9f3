namespace Platform.Storage.Sqlite;

/// <summary>
/// Deletes rows that neither a watch, nor a read at an old revision, nor the history policy needs any more. It runs on the writer's
/// connection in small steps between commits, and only over revisions that are new behind a bound since the last time:
///
/// - behind the horizon, a key's rows beyond the last <see cref="HistoryPolicy.MaxRevisions"/>;
/// - behind the horizon and older than <see cref="HistoryPolicy.MaxAge"/>, every superseded row, and deletions.
///
/// A row that is superseded only after the horizon is what reads at the horizon see, and stays.
/// </summary>
internal sealed class Retention(WriterConnection connection, HistoryPolicy policy, StoreState state, TimeProvider clock)
{
    /// <summary>Rows that one step looks at.</summary>
    private const int RowsPerStep = 256;

    private readonly Sweep byCount = new(connection, "swept_by_count",
        $"""
         DELETE FROM revisions WHERE key=?1 AND revision < min(
           ifnull((SELECT revision FROM revisions WHERE key=?1 ORDER BY revision DESC LIMIT 1 OFFSET {policy.MaxRevisions - 1}), 0),
           ifnull((SELECT max(revision) FROM revisions WHERE key=?1 AND revision<=?2), 0))
         """);

    private readonly Sweep byAge = new(connection, "swept_by_age",
        $"""
         DELETE FROM revisions WHERE key=?1 AND revision <= ?2 AND (type={(int)StorageEventType.Deleted}
           OR revision < (SELECT max(revision) FROM revisions WHERE key=?1 AND revision<=?2))
         """);

    private readonly Statement firstYounger = connection.Database.Prepare(
        "SELECT revision FROM revisions WHERE revision>?1 AND committed_at>?2 ORDER BY revision LIMIT 1");

    private long agedUpTo;

    /// <summary>Whether there are rows to look at.</summary>
    public bool HasWork { get; private set; } = true;

    /// <summary>The horizon has moved.</summary>
    public void Start()
    {
        var oldest = clock.GetUtcNow() - policy.MaxAge;
        firstYounger.Bind(1, byAge.Cursor).Bind(2, oldest.UtcTicks);
        var revision = firstYounger.Step() ? firstYounger.Integer(0) - 1 : state.Current.Revision;
        firstYounger.Reset();
        agedUpTo = Math.Min(state.Horizon, revision);
        HasWork = byCount.Cursor < state.Horizon || byAge.Cursor < agedUpTo;
    }

    /// <summary>Does a little of the work, in a transaction of its own.</summary>
    public void Step()
    {
        connection.Begin();
        if (byCount.Cursor < state.Horizon) byCount.Step(state.Horizon);
        else if (byAge.Cursor < agedUpTo) byAge.Step(agedUpTo);
        connection.Commit();
        HasWork = byCount.Cursor < state.Horizon || byAge.Cursor < agedUpTo;
    }

    /// <summary>A walk over the rows up to a bound that deletes, key by key; where it got to is kept in the file.</summary>
    private sealed class Sweep
    {
        private readonly WriterConnection connection;
        private readonly string name;
        private readonly Statement delete;
        private readonly Statement next;

        public Sweep(WriterConnection connection, string name, string delete)
        {
            this.connection = connection;
            this.name = name;
            this.delete = connection.Database.Prepare(delete);
            next = connection.Database.Prepare(
                $"SELECT revision, key FROM revisions WHERE revision>?1 AND revision<=?2 ORDER BY revision LIMIT {RowsPerStep}");
            Cursor = connection.Meta(name);
        }

        public long Cursor { get; private set; }

        public void Step(long bound)
        {
            HashSet<string> keys = new(StringComparer.Ordinal);
            var rows = 0;
            next.Bind(1, Cursor).Bind(2, bound);
            var last = bound;
            while (next.Step())
            {
                keys.Add(next.Text(1));
                if (++rows == RowsPerStep) last = next.Integer(0);
            }

            foreach (var key in keys)
            {
                delete.Bind(1, key).Bind(2, bound);
                delete.Run();
            }

            connection.SetMeta(name, last);
            Cursor = last;
        }
    }
}
