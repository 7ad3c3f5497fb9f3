using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.NodeAgent.Probes;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>What the worker sees and tells: the runtime's state, probes' verdicts, the status it publishes.</summary>
internal sealed partial class PodWorker
{
    private async Task<PodObservation> ObserveAsync(CancellationToken cancellationToken)
    {
        var runtime = _services.Messages.AddTo(await _services.Runtime.ObservePodAsync(Identity.Uid, cancellationToken));
        PodObservation o;
        lock (_lock)
        {
            _memory = Age(_memory, _pod);
            o = new()
            {
                Pod = _pod with { Status = Merge(_pod.Status, _status) },
                Runtime = runtime,
                Memory = _memory,
                Now = _services.Time.GetUtcNow(),
                Gone = _gone,
                NetworkReady = _services.NetworkReady(),
            };
            _status = PodStatusBuilder.Build(o, _services.Node.Address);
            o = o with { Pod = o.Pod with { Status = _status } };
        }

        if (!o.Gone)
            Publish(o);
        _probes.Update(o);
        return o;
    }

    private void Publish(PodObservation o)
    {
        using var activity = NodeAgentTelemetry.ContinueCause(_cause);
        _sender.Send(_pod, o.Pod.Status!);
    }

    private async Task RefreshVolumesIfDueAsync()
    {
        bool due;
        lock (_lock)
        {
            var token = _services.Tokens.NextRefresh(Identity.Uid) is { } at && at <= _services.Time.GetUtcNow();
            due = (_refreshVolumes || token) && _memory.VolumesReady && !_gone && _pod.Metadata.DeletionTimestamp is null;
            _refreshVolumes = false;
        }

        if (!due)
            return;
        try
        {
            var runtime = await _services.Runtime.ObservePodAsync(Identity.Uid, _stopping);
            await _services.Volumes.SetUpAsync(
                _executor.SourcesOf(new() { Pod = _pod, Runtime = runtime, Now = _services.Time.GetUtcNow() }), _stopping);
        }
        catch (VolumeException e)
        {
            // The volume keeps what it had; the next change of the object is the next occasion.
            _services.Events.Warning(_pod, "FailedMount", e.Message);
        }
    }

    private void AnnounceBackOff(PodObservation o, PodPlan plan)
    {
        if (plan.WakeAt is null)
            return;
        foreach (var container in ContainerOrder.All(o.Spec))
        {
            var memory = o.Memory.Of(container.Name!);
            if (memory.Failure is { Reason: "ImagePullBackOff" } failure && _announced.Add($"{container.Name}/{failure.At.Ticks}"))
                _services.Events.Normal(o.Pod, "BackOff", $"Back-off pulling image \"{container.Image}\"");
            else if (o.Current(container.Name!) is { Phase: ContainerPhase.Exited } ended && memory.Crash.Due(ended.FinishedAt) > o.Now && _announced.Add(ended.Id))
                _services.Events.Warning(o.Pod, "BackOff", $"Back-off restarting failed container {container.Name} in pod {Identity}");
        }
    }

    private void OnProbe(ProbeKind kind, string containerId, ProbeVerdict verdict, string message)
    {
        lock (_lock)
        {
            var name = _status is null ? null : ContainerOrder.Statuses(_status).FirstOrDefault(s =>
                s.ContainerID?.EndsWith("://" + containerId, StringComparison.Ordinal) == true)?.Name;
            var container = name is null ? null : ContainerOrder.Find(_pod.Spec!, name);
            if (container is null)
                return;
            _memory = _memory.With(name!, m => Judge(m.For(containerId), kind, verdict, container));
        }

        _signal.Set();
    }

    private static ContainerMemory Judge(ContainerMemory memory, ProbeKind kind, ProbeVerdict verdict, Container container)
    {
        var probe = kind == ProbeKind.Startup ? container.StartupProbe : container.LivenessProbe;
        var grace = probe?.TerminationGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var kill = verdict == ProbeVerdict.Failure
            ? new KillOrder("Unhealthy", $"Container {container.Name} failed {kind.ToString().ToLowerInvariant()} probe, will be restarted", grace)
            : null;
        return kind switch
        {
            ProbeKind.Startup => memory with { Startup = verdict, Kill = kill ?? memory.Kill },
            ProbeKind.Liveness => memory with { Kill = kill ?? memory.Kill },
            _ => memory with { Ready = verdict },
        };
    }

    private PodMemory Age(PodMemory memory, Pod pod)
    {
        var now = _services.Time.GetUtcNow();
        foreach (var (name, container) in memory.Containers)
        {
            if (container.Failure is { AgesAt: { } at } failure && at <= now && ContainerOrder.Find(pod.Spec!, name) is { } spec)
                memory = memory.With(name, m => m with { Failure = failure.Aged(spec.Image ?? "") });
        }

        return memory;
    }

    /// <summary>Our own status, with the conditions that others own as they are now.</summary>
    private static PodStatus? Merge(PodStatus? latest, PodStatus? own) => own is null ? latest : own with
    {
        Conditions =
        [
            .. (own.Conditions ?? []).Where(c => PodConditions.IsOwn(c.Type)),
            .. (latest?.Conditions ?? []).Where(c => !PodConditions.IsOwn(c.Type)),
        ],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Pod} could not be synced, trying again: {Error}")]
    private static partial void LogFailed(ILogger logger, string pod, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Pod} takes very many steps; pausing before {Action}")]
    private static partial void LogBusy(ILogger logger, string pod, string action);
}
