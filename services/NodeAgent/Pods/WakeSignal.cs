namespace Platform.NodeAgent.Pods;

/// <summary>Wakes one waiter; signals that come while nobody waits count as one.</summary>
internal sealed class WakeSignal
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Set()
    {
        lock (_semaphore)
        {
            if (_semaphore.CurrentCount == 0)
                _semaphore.Release();
        }
    }

    /// <summary>Waits for a signal, or until the time is up.</summary>
    public async Task WaitAsync(TimeSpan? limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (limit is not { } delay)
        {
            await _semaphore.WaitAsync(cancellationToken);
            return;
        }

        if (delay <= TimeSpan.Zero)
            return;
        using var timeout = new CancellationTokenSource(delay, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _semaphore.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return; // the time is up
        }
    }
}
