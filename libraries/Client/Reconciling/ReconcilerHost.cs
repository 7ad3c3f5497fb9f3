// Runs one reconciler: lets it declare what wakes it, waits until the component's informers have synced and leadership is had, and then
// works off its queue. A key whose reconciliation throws comes back with back-off; the span of each reconciliation continues the trace
// of the write that caused it.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api.Errors;
using Platform.Client.Informers;
using Platform.Client.Leases;
using Platform.Client.Queues;

namespace Platform.Client.Reconciling;

/// <summary>The workers and the queue of one reconciler.</summary>
internal sealed partial class ReconcilerHost(
    IReconciler reconciler, InformerFactory informers, ILeadership leadership, TimeProvider time, ILogger logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly WorkQueue<ObjectKey> _queue = new(time);
    private readonly CancellationTokenSource _stop = new();
    private readonly KeyValuePair<string, object?> _tag = new("name", reconciler.Name);
    private Triggers _triggers = null!;
    private Task _running = Task.CompletedTask;

    internal WorkQueue<ObjectKey> Queue => _queue;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _triggers = new(_queue, isOpen: !leadership.StandsBy);
        reconciler.Watch(_triggers);
        ReconcilerMetrics.Meter.CreateObservableGauge("workqueue_depth", () => new Measurement<int>(_queue.Length, _tag));
        ReconcilerMetrics.Meter.CreateObservableCounter("workqueue_adds_total", () => new Measurement<long>(_queue.Added, _tag));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _queue.Close();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _queue.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        Activity.Current = null;
        try
        {
            await informers.WaitForSyncAsync(cancellationToken);
            await leadership.WhileLeadingAsync(WorkAsync, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(reconciler.Name);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        LogStarted(reconciler.Name, reconciler.Workers);
        _triggers.Open();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, reconciler.Workers).Select(_ => Task.Run(() => WorkerAsync(cancellationToken), CancellationToken.None)));
        }
        finally
        {
            if (leadership.StandsBy)
                _triggers.Close();
        }
    }

    private async Task WorkerAsync(CancellationToken cancellationToken)
    {
        while (await _queue.TakeAsync(cancellationToken) is { } item)
        {
            ReconcilerMetrics.QueueSeconds.Record(item.Waited.TotalSeconds, _tag);
            var started = time.GetTimestamp();
            try
            {
                await ReconcileAsync(item, cancellationToken);
            }
            finally
            {
                _queue.Done(item.Key);
                ReconcilerMetrics.WorkSeconds.Record(time.GetElapsedTime(started).TotalSeconds, _tag);
            }
        }
    }

    private async Task ReconcileAsync(WorkItem<ObjectKey> item, CancellationToken cancellationToken)
    {
        using var activity = ReconcilerMetrics.Source.StartActivity($"{reconciler.Name} {item.Key}", ActivityKind.Internal, item.Cause);
        try
        {
            var result = await reconciler.ReconcileAsync(item.Key, cancellationToken);
            _queue.Forget(item.Key);
            if (result.RequeueAfter is { } delay)
                _queue.AddAfter(item.Key, delay);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _queue.Add(item.Key, item.Cause); // For the next term, if there is one: its object may be gone by then, and not be named again.
            throw;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            ReconcilerMetrics.Retries.Add(1, _tag);
            if (failure is ApiException { IsConflict: true } or ApiException { IsAlreadyExists: true } or HttpRequestException)
                LogRetry(reconciler.Name, item.Key, failure.Message);
            else
                LogFailure(failure, reconciler.Name, item.Key, _queue.Failures(item.Key));
            _queue.AddRateLimited(item.Key, item.Cause);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Name} starts with {Workers} workers")]
    private partial void LogStarted(string name, int workers);

    [LoggerMessage(LogLevel.Debug, "{Name} has stopped")]
    private partial void LogStopped(string name);

    [LoggerMessage(LogLevel.Debug, "{Name} {Key} is tried again: {Message}")]
    private partial void LogRetry(string name, ObjectKey key, string message);

    [LoggerMessage(LogLevel.Warning, "{Name} failed on {Key} after {Failures} failures before")]
    private partial void LogFailure(Exception failure, string name, ObjectKey key, int failures);
}
