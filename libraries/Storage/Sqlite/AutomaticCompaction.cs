namespace Platform.Storage.Sqlite;

/// <summary>
/// Compacts what is older than one interval, as upstream's API server has etcd do, so that clients can resume watches for at least that long
/// and the file does not grow without end.
/// </summary>
internal sealed class AutomaticCompaction : IDisposable
{
    private readonly StoreState _state;
    private readonly CommitWriter _writer;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;

    /// <summary>The newest revision when the timer fired last.</summary>
    private long _mark;

    public AutomaticCompaction(StoreState state, CommitWriter writer, TimeProvider clock, TimeSpan interval)
    {
        _state = state;
        _writer = writer;
        _interval = interval;
        _mark = state.Current.Revision;
        _timer = clock.CreateTimer(_ => Compact(), null, interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private async void Compact()
    {
        var revision = _mark;
        _mark = _state.Current.Revision;
        try
        {
            if (revision > _state.Horizon)
                await _writer.WriteAsync(new CompactOperation(revision), CancellationToken.None);
        }
        catch (StorageException failure) when (failure.Error is StorageError.Compacted or StorageError.Unavailable)
        {
            // Somebody asked for a later horizon meanwhile; or nothing can be written now, and the next time compacts more.
        }

        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }
}
