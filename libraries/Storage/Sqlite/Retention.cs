namespace Platform.Storage.Sqlite;

/// <summary>
/// Deletes rows that neither a watch, nor a read at an old revision, nor the history policy needs any more. It runs on the writer's
/// connection in small steps between commits, and only over revisions that are new behind a bound since the last time:
///
/// - behind the horizon, a key's rows beyond the last <see cref="HistoryPolicy.MaxRevisions"/> that are not minor;
/// - behind the horizon, a minor row whose successor is minor too and also behind the horizon;
/// - behind the horizon and older than <see cref="HistoryPolicy.MaxAge"/>, every superseded row, and deletions.
///
/// A row that is superseded only after the horizon is what reads at the horizon see, and stays.
/// </summary>
internal sealed class Retention(WriterConnection connection, HistoryPolicy policy, StoreState state, TimeProvider clock)
{
    /// <summary>Rows that one step looks at.</summary>
    private const int RowsPerStep = 256;

    private readonly Sweep _byCount = new(connection, "swept_by_count",
        $"""
         DELETE FROM revisions WHERE key=?1 AND revision < min(
           ifnull((SELECT revision FROM revisions WHERE key=?1 AND type<>{Schema.MinorUpdate}
             ORDER BY revision DESC LIMIT 1 OFFSET {policy.MaxRevisions - 1}), 0),
           ifnull((SELECT max(revision) FROM revisions WHERE key=?1 AND revision<=?2), 0))
         OR key=?1 AND revision < ?2 AND type={Schema.MinorUpdate} AND {Schema.MinorUpdate} = (
           SELECT type FROM revisions AS next WHERE next.key=?1 AND next.revision>revisions.revision AND next.revision<=?2 ORDER BY next.revision LIMIT 1)
         """);

    private readonly Sweep _byAge = new(connection, "swept_by_age",
        $"""
         DELETE FROM revisions WHERE key=?1 AND revision <= ?2 AND (type={(int)StorageEventType.Deleted}
           OR revision < (SELECT max(revision) FROM revisions WHERE key=?1 AND revision<=?2))
         """);

    private readonly Statement _firstYounger = connection.Database.Prepare(
        "SELECT revision FROM revisions WHERE revision>?1 AND committed_at>?2 ORDER BY revision LIMIT 1");

    private long _agedUpTo;

    /// <summary>Whether there are rows to look at.</summary>
    public bool HasWork { get; private set; } = true;

    /// <summary>The horizon has moved.</summary>
    public void Start()
    {
        var oldest = clock.GetUtcNow() - policy.MaxAge;
        _firstYounger.Bind(1, _byAge.Cursor).Bind(2, oldest.UtcTicks);
        var revision = _firstYounger.Step() ? _firstYounger.Integer(0) - 1 : state.Current.Revision;
        _firstYounger.Reset();
        _agedUpTo = Math.Min(state.Horizon, revision);
        HasWork = _byCount.Cursor < state.Horizon || _byAge.Cursor < _agedUpTo;
    }

    /// <summary>Does a little of the work, in a transaction of its own.</summary>
    public void Step()
    {
        connection.Begin();
        if (_byCount.Cursor < state.Horizon)
            _byCount.Step(state.Horizon);
        else if (_byAge.Cursor < _agedUpTo)
            _byAge.Step(_agedUpTo);
        connection.Commit();
        HasWork = _byCount.Cursor < state.Horizon || _byAge.Cursor < _agedUpTo;
    }

    /// <summary>A walk over the rows up to a bound that deletes, key by key; where it got to is kept in the file.</summary>
    private sealed class Sweep
    {
        private readonly WriterConnection _connection;
        private readonly string _name;
        private readonly Statement _delete;
        private readonly Statement _next;

        public Sweep(WriterConnection connection, string name, string delete)
        {
            _connection = connection;
            _name = name;
            _delete = connection.Database.Prepare(delete);
            _next = connection.Database.Prepare(
                $"SELECT revision, key FROM revisions WHERE revision>?1 AND revision<=?2 ORDER BY revision LIMIT {RowsPerStep}");
            Cursor = connection.Meta(name);
        }

        public long Cursor { get; private set; }

        public void Step(long bound)
        {
            HashSet<string> keys = new(StringComparer.Ordinal);
            var rows = 0;
            _next.Bind(1, Cursor).Bind(2, bound);
            var last = bound;
            while (_next.Step())
            {
                keys.Add(_next.Text(1));
                if (++rows == RowsPerStep)
                    last = _next.Integer(0);
            }

            foreach (var key in keys)
            {
                _delete.Bind(1, key).Bind(2, bound);
                _delete.Run();
            }

            _connection.SetMeta(_name, last);
            Cursor = last;
        }
    }
}
