namespace Platform.ApiServer.Watching;

/// <summary>How far the caches have come, and who waits for them to come further.</summary>
internal sealed class RevisionProgress
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private long applied;

    /// <summary>Every commit up to this revision is in the caches.</summary>
    public long Applied => Volatile.Read(ref applied);

    public void Advance(long revision)
    {
        if (revision <= applied)
            return;
        Volatile.Write(ref applied, revision);
        lock (gate)
        {
            while (waiting.TryPeek(out var first, out var needed) && needed <= revision)
            {
                waiting.Dequeue();
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
        lock (gate)
        {
            if (revision <= Applied)
                return true;
            waiting.Enqueue(reached, revision);
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
                lock (gate)
                    waiting.Remove(reached, out _, out _);
            }
        }
    }
}
