namespace Platform.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log back into the file while the writer goes on. Left to the writer alone, every few thousand commits all who write
/// would wait until some megabytes have been copied and synced. What is committed meanwhile remains for the writer (see
/// <see cref="Schema"/>): the log can only begin anew when nothing is left in it, which a busy writer itself must bring about.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>Bytes of values after which the log is copied back; with keys, index and half-filled pages the log has about three times as many.</summary>
    private const long BytesBetween = 1 << 20;

    private readonly AutoResetEvent _due = new(false);
    private readonly string _directory;
    private readonly Thread _thread;
    private long _written;
    private volatile bool _ending;

    public Checkpointer(string directory)
    {
        _directory = directory;
        _thread = new(Run) { IsBackground = true, Name = "store-checkpoint" };
        _thread.Start();
    }

    /// <summary>The writer has committed values of so many bytes.</summary>
    public void Written(long bytes)
    {
        _written += bytes;
        if (_written < BytesBetween)
            return;
        _written = 0;
        _due.Set();
    }

    public void Dispose()
    {
        _ending = true;
        _due.Set();
        _thread.Join();
        _due.Dispose();
    }

    private void Run()
    {
        Database? database = null;
        while (_due.WaitOne() && !_ending)
        {
            try
            {
                database ??= Schema.OpenForReading(_directory);
                database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (SqliteFailure)
            {
                // The log keeps what was not copied. The writer meets what is wrong with the device at its next commit, and says so.
                database?.Dispose();
                database = null;
            }
        }

        database?.Dispose();
    }
}
