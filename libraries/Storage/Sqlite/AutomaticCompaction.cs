namespace Platform.Storage.Sqlite;

/// <summary>
/// Compacts what is older than one interval, as upstream's API server has etcd do, so that clients can resume watches for at least that long
/// and the file does not grow without end.
/// </summary>
internal sealed class AutomaticCompaction : IDisposable
{
    private readonly StoreState state;
    private readonly CommitWriter writer;
    private readonly TimeSpan interval;
    private readonly ITimer timer;

    /// <summary>The newest revision when the timer fired last.</summary>
    private long mark;

    public AutomaticCompaction(StoreState state, CommitWriter writer, TimeProvider clock, TimeSpan interval)
    {
        this.state = state;
        this.writer = writer;
        this.interval = interval;
        mark = state.Current.Revision;
        timer = clock.CreateTimer(_ => Compact(), null, interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    private async void Compact()
    {
        var revision = mark;
        mark = state.Current.Revision;
        try
        {
            if (revision > state.Horizon) await writer.WriteAsync(new CompactOperation(revision), CancellationToken.None);
        }
        catch (StorageException failure) when (failure.Error is StorageError.Compacted or StorageError.Unavailable)
        {
            // Somebody asked for a later horizon meanwhile; or nothing can be written now, and the next time compacts more.
        }

        timer.Change(interval, Timeout.InfiniteTimeSpan);
    }
}
