using Microsoft.Extensions.Hosting;

namespace Platform.Client.Leases;

/// <summary>Whether this process may act for its component. With several instances only the one that holds the lease may.</summary>
public interface ILeadership
{
    /// <summary>Whether another instance may lead instead, and this one then only stands by.</summary>
    bool StandsBy { get; }

    /// <summary>Runs something whenever this process leads, anew for each term, until canceled or until it returns by itself.</summary>
    /// <param name="body">Its token is canceled at the end of a term.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    Task WhileLeadingAsync(Func<CancellationToken, Task> body, CancellationToken cancellationToken);
}

/// <summary>The only instance always leads.</summary>
internal sealed class SoleLeadership : ILeadership
{
    public bool StandsBy => false;

    public Task WhileLeadingAsync(Func<CancellationToken, Task> body, CancellationToken cancellationToken) => body(cancellationToken);
}

/// <summary>Leads while an elector holds the lease; everything of the component shares the one lease.</summary>
internal sealed class ElectedLeadership(LeaderElector elector) : BackgroundService, ILeadership
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _bodies = [];
    private TaskCompletionSource<CancellationToken> _term = NextTerm();

    public bool StandsBy => true;

    public async Task WhileLeadingAsync(Func<CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<CancellationToken> next;
            lock (_lock)
                next = _term.Task;
            var term = await next.WaitAsync(cancellationToken);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, term);
            var running = body(both.Token);
            lock (_lock)
                _bodies.Add(running);
            try
            {
                await running;
                if (!term.IsCancellationRequested)
                    return;
            }
            catch (OperationCanceledException) when (term.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                continue; // The next term begins it anew.
            }
            finally
            {
                lock (_lock)
                    _bodies.Remove(running);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => elector.RunAsync(LeadAsync, stoppingToken);

    private async Task LeadAsync(CancellationToken term)
    {
        lock (_lock)
            _term.SetResult(term);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, term).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] bodies;
        lock (_lock)
        {
            _term = NextTerm();
            bodies = [.. _bodies];
        }
        await Task.WhenAll(bodies).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Each is awaited, with its failure, by whom it belongs to.
    }

    private static TaskCompletionSource<CancellationToken> NextTerm() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
