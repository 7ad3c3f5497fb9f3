using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Writes one pod's status: at once, one write at a time, always the latest. A status that is overtaken while another is under way is never sent;
/// one that cannot be sent is tried again until it is or a newer one takes its place.
/// </summary>
internal sealed partial class PodStatusSender(IPodApi api, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private (Pod Pod, PodStatus Status, ActivityContext Cause)? _pending;
    private PodStatus? _written;
    private Task _sending = Task.CompletedTask;

    /// <summary>Sends the status unless it is what was sent before.</summary>
    public void Send(Pod pod, PodStatus status)
    {
        lock (_lock)
        {
            if (ApiJson.Same(_pending?.Status ?? _written ?? new(), status))
                return;
            _written ??= pod.Status ?? new();
            _pending = (pod, status, Activity.Current?.Context ?? default);
            if (_sending.IsCompleted)
                _sending = SendAllAsync();
        }
    }

    /// <summary>Completes when everything is written.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
            return _sending;
    }

    private async Task SendAllAsync()
    {
        await Task.Yield();
        var delay = FirstRetry;
        while (true)
        {
            (Pod Pod, PodStatus Status, ActivityContext Cause) next;
            PodStatus before;
            lock (_lock)
            {
                if (_pending is not { } pending || stopping.IsCancellationRequested)
                {
                    _sending = Task.CompletedTask;
                    return;
                }

                next = pending;
                before = _written!;
            }

            try
            {
                using var activity = NodeAgentTelemetry.StartStatusWrite(next.Cause);
                await api.WriteStatusAsync(next.Pod, before, next.Status, stopping);
                delay = FirstRetry;
                lock (_lock)
                {
                    _written = next.Status;
                    if (ReferenceEquals(_pending?.Status, next.Status))
                        _pending = null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or ApiException or IOException)
            {
                LogFailed(logger, next.Pod.Metadata.Namespace, next.Pod.Metadata.Name, e.Message);
                await DelayAsync(delay);
                delay = delay * 2 < LongestRetry ? delay * 2 : LongestRetry;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task DelayAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException)
        {
            return; // the agent ends; its successor computes the status anew
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Status of pod {Namespace}/{Name} could not be written, trying again: {Error}")]
    private static partial void LogFailed(ILogger logger, string? @namespace, string? name, string error);
}
