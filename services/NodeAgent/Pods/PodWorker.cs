using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.NodeAgent.Probes;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Brings one pod to what its object says: observes, publishes the status, plans, takes one step, and observes again, until there is nothing to
/// do; then it sleeps until something changes. The worker is the only one that acts on the pod and the only owner of its status.
/// </summary>
internal sealed partial class PodWorker : IAsyncDisposable
{
    /// <summary>Steps in a row after which the worker pauses, so that a step without effect cannot keep a processor busy.</summary>
    private const int MaxStepsInARow = 40;

    private static readonly TimeSpan PauseAfterSteps = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstErrorDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestErrorDelay = TimeSpan.FromSeconds(10);

    private readonly PodServices _services;
    private readonly PodExecutor _executor;
    private readonly ContainerStopper _stopper;
    private readonly PodStatusSender _sender;
    private readonly PodProbes _probes;
    private readonly WakeSignal _signal = new();
    private readonly Lock _lock = new();
    private readonly CancellationToken _stopping;
    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hooksRun = new(StringComparer.Ordinal);
    private Pod _pod;
    private bool _gone;
    private bool _refreshVolumes;
    private ActivityContext _cause;
    private PodMemory _memory = PodMemory.Empty;
    private PodStatus? _status;
    private CancellationTokenSource? _step;
    private int _steps;

    public PodWorker(PodServices services, Pod pod, bool gone, ActivityContext cause, CancellationToken stopping)
    {
        (_services, _pod, _gone, _cause, _stopping) = (services, pod, gone, cause, stopping);
        Identity = PodIdentity.Of(pod);
        _executor = new(services);
        _stopper = new(services);
        _sender = new(services.Api, services.Time, services.Logger, stopping);
        _probes = new(services.Prober, services.Time, services.Events, OnProbe);
    }

    public PodIdentity Identity { get; }

    /// <summary>The pod with the status as this worker last computed it.</summary>
    public Pod Current
    {
        get
        {
            lock (_lock)
                return _pod with { Status = Merge(_pod.Status, _status) };
        }
    }

    /// <summary>A new version of the pod.</summary>
    public void Update(Pod pod, ActivityContext cause)
    {
        lock (_lock)
        {
            var ending = pod.Metadata.DeletionTimestamp is not null && _pod.Metadata.DeletionTimestamp is null;
            _refreshVolumes |= !VolumeContent.ShowsSame(pod, _pod);
            _pod = pod;
            if (cause != default)
                _cause = cause;
            if (ending)
                _step?.Cancel();
        }

        _signal.Set();
    }

    /// <summary>The API server no longer has the pod.</summary>
    public void Remove(Pod last, ActivityContext cause)
    {
        lock (_lock)
        {
            _pod = last;
            _gone = true;
            if (cause != default)
                _cause = cause;
            _step?.Cancel();
        }

        _signal.Set();
    }

    /// <summary>Something of the pod may have changed in the runtime.</summary>
    public void Wake() => _signal.Set();

    /// <summary>An object that the pod's volumes are made from has changed.</summary>
    public void RefreshVolumes()
    {
        lock (_lock)
            _refreshVolumes = true;
        _signal.Set();
    }

    /// <summary>Works until nothing is left of the pod, or the agent ends.</summary>
    public async Task RunAsync()
    {
        var errorDelay = FirstErrorDelay;
        while (!_stopping.IsCancellationRequested)
        {
            TimeSpan? wait;
            try
            {
                var (done, next) = await SyncAsync();
                if (done)
                    return;
                wait = next;
                errorDelay = FirstErrorDelay;
            }
            catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
            {
                continue; // the step was overtaken by the pod's deletion: plan again
            }
            catch (Exception e) when (e is RuntimeException or ApiException or HttpRequestException or IOException or UnauthorizedAccessException)
            {
                LogFailed(_services.Logger, Identity.ToString(), e.Message);
                await Task.Delay(errorDelay, _services.Time, _stopping);
                errorDelay = errorDelay * 2 < LongestErrorDelay ? errorDelay * 2 : LongestErrorDelay;
                continue;
            }

            if (wait is { } limit && limit <= TimeSpan.Zero)
                continue;
            _steps = 0;
            await _signal.WaitAsync(wait, _services.Time, _stopping);
        }
    }

    public ValueTask DisposeAsync() => _probes.DisposeAsync();

    /// <summary>One look and at most one step.</summary>
    /// <returns>Whether the pod is done with, and how long to wait: nothing for a further step, null for a signal.</returns>
    private async Task<(bool Done, TimeSpan? Wait)> SyncAsync()
    {
        await RefreshVolumesIfDueAsync();
        var o = await ObserveAsync(_stopping);
        var plan = PodPlanner.Plan(o);
        AnnounceBackOff(o, plan);
        if (plan.Actions.Count == 0)
            return (false, WaitFor(plan, o));
        if (++_steps > MaxStepsInARow)
        {
            LogBusy(_services.Logger, Identity.ToString(), plan.Actions[0].GetType().Name);
            await Task.Delay(PauseAfterSteps, _services.Time, _stopping);
        }

        using var activity = NodeAgentTelemetry.StartSync(Identity, _cause);
        return (await StepAsync(plan.Actions[0], o), TimeSpan.Zero);
    }

    private TimeSpan? WaitFor(PodPlan plan, PodObservation o)
    {
        var wake = plan.WakeAt;
        if (!o.Terminating && !o.Finished)
            wake = PodPlanner.Earlier(wake, _services.Tokens.NextRefresh(o.Pod.Metadata.Uid!));
        if (wake is not { } at)
            return null;
        var delay = at - _services.Time.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : TimeSpan.FromMilliseconds(1);
    }

    private async Task<bool> StepAsync(PodAction action, PodObservation o)
    {
        if (action is ForgetAction)
        {
            await _sender.FlushAsync();
            if (!o.Gone)
                await _services.Api.ConfirmDeletionAsync(o.Pod, _stopping);
            return true;
        }

        using var step = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        lock (_lock)
        {
            var overtaken = !o.Terminating && (_gone || _pod.Metadata.DeletionTimestamp is not null);
            if (overtaken)
                return false;
            _step = step;
        }

        try
        {
            if (action is StopContainersAction stop)
                await StopAsync(stop, o, step);
            else
                Remember(await _executor.ExecuteAsync(action, o, step.Token), o);
        }
        finally
        {
            lock (_lock)
                _step = null;
        }

        return false;
    }

    /// <summary>Keeps what a step found out, and what probes reported meanwhile.</summary>
    private void Remember(PodMemory after, PodObservation o)
    {
        lock (_lock)
        {
            foreach (var (name, now) in _memory.Containers)
            {
                if (now != o.Memory.Of(name) && after.Of(name).ContainerId == now.ContainerId)
                    after = after.With(name, m => m with { Startup = now.Startup, Ready = now.Ready, Kill = now.Kill });
            }

            _memory = after;
        }
    }

    /// <summary>Stops containers while still publishing what ends when; begins anew when the pod's grace period was cut.</summary>
    private async Task StopAsync(StopContainersAction stop, PodObservation o, CancellationTokenSource step)
    {
        var runHooks = stop.Orders.Any(order => _hooksRun.Add(order.State.Id));
        var stopping = _stopper.StopAsync(stop, o, runHooks, step.Token);
        while (true)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(step.Token);
            var signal = _signal.WaitAsync(null, _services.Time, waiting.Token);
            await Task.WhenAny(stopping, signal);
            if (stopping.IsCompleted)
            {
                await waiting.CancelAsync();
                await stopping;
                return;
            }

            await signal;
            var now = await ObserveAsync(step.Token);
            if (now.Grace < o.Grace || (now.Terminating && !o.Terminating))
            {
                await step.CancelAsync();
                return;
            }
        }
    }
}
