// The scheduler itself: takes a pod, finds a node against the snapshot, counts the pod there (assume), and lets the binding go its way
// while the next pod is looked at. One pod at a time is decided, many are being bound. What comes of a pod is told in three places: its
// condition PodScheduled, an event, and its span, which continues the trace of the write that made the pod and names every plugin's part.
using System.Diagnostics;
using Platform.Api.Errors;
using Platform.Client;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Plugins;
using Platform.Scheduler.Queue;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler;

/// <summary>Decides for one pod after the other.</summary>
internal sealed partial class SchedulingLoop(
    SchedulingQueue queue, ClusterCache cache, Placer placer, DefaultBinder binder, FailureReporter reporter, IEventRecorder events, ILogger logger)
{
    /// <summary>How many bindings and reports may be on their way at once.</summary>
    internal const int MaxConcurrent = 64;

    internal static readonly ActivitySource Source = new("Platform.Scheduler");

    private readonly SemaphoreSlim _slots = new(MaxConcurrent);

    /// <summary>Runs until canceled; then waits for what is on its way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Activity.Current = null;
        LogStarted();
        try
        {
            while (true)
            {
                await _slots.WaitAsync(cancellationToken);
                var taken = false;
                try
                {
                    var pod = await queue.TakeAsync(cancellationToken);
                    taken = true;
                    _ = ScheduleAsync(pod, cancellationToken); // Observes its own failures and gives its slot back.
                }
                finally
                {
                    if (!taken)
                        _slots.Release();
                }
            }
        }
        finally
        {
            for (var i = 0; i < MaxConcurrent; i++)
                await _slots.WaitAsync(CancellationToken.None);
            _slots.Release(MaxConcurrent);
        }
    }

    /// <summary>Decides before it first awaits, so that decisions are made one by one; the rest runs beside the next decision.</summary>
    private async Task ScheduleAsync(QueuedPod pod, CancellationToken cancellationToken)
    {
        var info = pod.Info;
        using var activity = Source.StartActivity($"schedule {info.Key}", ActivityKind.Internal, pod.Cause);
        var assumed = false;
        try
        {
            var placement = placer.Place(info, cache.Snapshot());
            Explain(activity, placement, pod);
            if (placement.Node is { } node)
            {
                cache.Assume(info, node);
                assumed = true;
                await Task.Run(() => binder.BindAsync(info, node, cancellationToken), cancellationToken);
                // It leaves the queue when the watch shows it on its node: an older version of it may still be on its way here.
                LogBound(info.Key, node, placement.Feasible, placement.Nodes);
                events.Normal(info.Pod, "Scheduled", $"Successfully assigned {info.Key} to {node}");
            }
            else
            {
                queue.Failed(pod, placement.Diagnosis.WokenBy);
                var message = placement.Diagnosis.Message(placement.Nodes);
                activity?.SetStatus(ActivityStatusCode.Error, message);
                await Task.Run(() => reporter.ReportAsync(info, "Unschedulable", message, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GiveBack(pod, assumed);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            LogGone(info.Key, failure.Message); // Deleted meanwhile; the watch will tell the same.
            GiveBack(pod, assumed);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            LogFailure(failure, info.Key);
            GiveBack(pod, assumed);
        }
        finally
        {
            _slots.Release();
        }
    }

    private void GiveBack(QueuedPod pod, bool assumed)
    {
        if (assumed)
            cache.Forget(pod.Info);
        queue.Failed(pod, ClusterEvents.None);
    }

    private static void Explain(Activity? activity, Placement placement, QueuedPod pod)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        activity.SetTag("k8s.resource", "pods").SetTag("k8s.namespace", pod.Info.Key.Namespace).SetTag("k8s.name", pod.Info.Key.Name);
        activity.SetTag("scheduler.node", placement.Node).SetTag("scheduler.attempt", pod.Attempts);
        activity.SetTag("scheduler.nodes", placement.Nodes).SetTag("scheduler.feasible", placement.Feasible);
        foreach (var (plugin, count) in placement.Diagnosis.ByPlugin)
            activity.AddEvent(new("filter", tags: new() { ["plugin"] = plugin.Name, ["rejected"] = count }));
        foreach (var (reason, count) in placement.Diagnosis.ByReason)
            activity.AddEvent(new("reason", tags: new() { ["reason"] = reason, ["nodes"] = count }));
        foreach (var (plugin, score) in placement.Scores)
            activity.AddEvent(new("score", tags: new() { ["plugin"] = plugin, ["node"] = placement.Node, ["score"] = score }));
    }

    [LoggerMessage(LogLevel.Information, "scheduling begins")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Debug, "pod {Pod} is bound to {Node}, {Feasible} of {Nodes} nodes were feasible")]
    private partial void LogBound(ObjectKey pod, string node, int feasible, int nodes);

    [LoggerMessage(LogLevel.Debug, "pod {Pod} is gone: {Message}")]
    private partial void LogGone(ObjectKey pod, string message);

    [LoggerMessage(LogLevel.Warning, "scheduling pod {Pod} failed")]
    private partial void LogFailure(Exception failure, ObjectKey pod);
}
