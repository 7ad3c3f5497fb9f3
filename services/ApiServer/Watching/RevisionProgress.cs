namespace Platform.ApiServer.Watching;

/// <summary>How far the caches have come, and who waits for them to come further.</summary>
internal sealed class RevisionProgress
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _applied;

    /// <summary>Every commit up to this revision is in the caches.</summary>
    public long Applied => Volatile.Read(ref _applied);

    public void Advance(long revision)
    {
        if (revision <= _applied)
            return;
        Volatile.Write(ref _applied, revision);
        lock (_gate)
        {
            while (_waiting.TryPeek(out var first, out var needed) && needed <= revision)
            {
                _waiting.Dequeue();
                first.TrySetResult();
            }
        }
    }

    /// <summary>Waits for a revision; false where it was not reached in time.</summary>
    public async ValueTask<bool> WaitAsync(long revision, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (revision <= Applied)
            return true;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (revision <= Applied)
                return true;
            _waiting.Enqueue(reached, revision);
        }
        try
        {
            await reached.Task.WaitAsync(timeout, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            if (!reached.Task.IsCompleted)
            {
                lock (_gate)
                    _waiting.Remove(reached, out _, out _);
            }
        }
    }
}
