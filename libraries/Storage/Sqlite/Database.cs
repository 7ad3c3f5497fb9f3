using SQLitePCL;
using static SQLitePCL.raw;

namespace Platform.Storage.Sqlite;

/// <summary>
/// One connection to a SQLite file, used by one thread at a time. It goes to SQLite's C interface through SQLitePCLRaw rather than through
/// ADO.NET: the writer binds memory without copying it into arrays first, and failures keep their result codes.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>How long to wait for a lock, which only recovery and checkpoints hold, in milliseconds.</summary>
    private const int BusyTimeout = 5_000;

    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];

    static Database() => Batteries_V2.Init();

    public Database(string path)
    {
        var result = sqlite3_open_v2(path, out _handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, null);
        if (result != SQLITE_OK)
        {
            var failure = Failure(result);
            _handle.Dispose();
            throw failure;
        }

        sqlite3_extended_result_codes(_handle, 1);
        sqlite3_busy_timeout(_handle, BusyTimeout);
    }

    public void Execute(string sql) => Check(sqlite3_exec(_handle, sql));

    /// <summary>A statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(_handle, sql, out var statement));
        var prepared = new Statement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>The first column of the first row.</summary>
    public string Scalar(string sql)
    {
        Check(sqlite3_prepare_v2(_handle, sql, out var statement));
        using var once = new Statement(this, statement);
        return once.Step() ? once.Text(0) : "";
    }

    public void Check(int result)
    {
        if (result is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
            throw Failure(result);
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        _handle.Dispose();
    }

    private SqliteFailure Failure(int result) => new(result, sqlite3_errmsg(_handle).utf8_to_string());
}

/// <summary>A prepared statement; parameters and columns count from 1 and 0 as in SQLite.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public Statement Bind(int parameter, long value)
    {
        database.Check(sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        database.Check(value is null ? sqlite3_bind_null(handle, parameter) : sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        database.Check(sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false, and reset, after the last one.</summary>
    public bool Step()
    {
        var result = sqlite3_step(handle);
        if (result == SQLITE_ROW)
            return true;
        try
        {
            database.Check(result);
            return false;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Ends a statement before its last row. Its failure, if any, has been reported by <see cref="Step"/>.</summary>
    public void Reset() => _ = sqlite3_reset(handle);

    public long Integer(int column) => sqlite3_column_int64(handle, column);

    public string Text(int column) => sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => sqlite3_column_type(handle, column) == SQLITE_NULL ? null : Text(column);

    public byte[] Blob(int column) => sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();
}
