using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Probes;

/// <summary>Keeps the probe loops of one pod in step with its running containers: started with a container, ended with it.</summary>
internal sealed class PodProbes(Prober prober, TimeProvider time, PodEvents events, ProbeLoop.Report report) : IAsyncDisposable
{
    private readonly Dictionary<string, ContainerProbes> _running = new(StringComparer.Ordinal);

    /// <summary>Starts and ends loops. Called by the pod's worker only.</summary>
    public void Update(PodObservation o)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        if (!o.Terminating && !o.Finished && o.LiveSandbox is { } sandbox)
        {
            var ip = o.Spec.HostNetwork == true ? o.Pod.Status?.HostIP ?? "127.0.0.1" : sandbox.Ips[0];
            foreach (var container in (o.Spec.Containers ?? []).Concat((o.Spec.InitContainers ?? []).Where(ContainerOrder.IsSidecar)).Where(HasProbe))
            {
                if (o.Current(container.Name!) is not { Phase: ContainerPhase.Running } state)
                    continue;
                wanted.Add(state.Id);
                if (!_running.ContainsKey(state.Id))
                    _running[state.Id] = Start(o, container, state, ip);
                else if (o.Started(container, state))
                    _running[state.Id].Started.TrySetResult();
            }
        }

        foreach (var id in _running.Keys.Where(id => !wanted.Contains(id)).ToList())
        {
            _running[id].Stop.Cancel();
            _running.Remove(id);
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var probes in _running.Values)
            probes.Stop.Cancel();
        _running.Clear();
        return ValueTask.CompletedTask;
    }

    private static bool HasProbe(Container container) =>
        container.StartupProbe is not null || container.LivenessProbe is not null || container.ReadinessProbe is not null;

    private ContainerProbes Start(PodObservation o, Container container, RuntimeContainer state, string ip)
    {
        var probes = new ContainerProbes(new(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        var started = o.Started(container, state);
        if (started)
            probes.Started.TrySetResult();
        foreach (var kind in Kinds(container).Where(k => k != ProbeKind.Startup || !started))
        {
            var loop = new ProbeLoop(prober, time, o.Pod, container, state.Id, ip, kind);
            var begin = kind == ProbeKind.Startup ? Task.CompletedTask : probes.Started.Task;
            _ = RunAsync(loop, state.StartedAt, begin, probes.Stop.Token);
        }

        return probes;
    }

    private async Task RunAsync(ProbeLoop loop, DateTimeOffset startedAt, Task begin, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            await loop.RunAsync(startedAt, begin, report, events, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The container is gone: that is how a loop ends.
            return;
        }
    }

    private static IEnumerable<ProbeKind> Kinds(Container container)
    {
        if (container.StartupProbe is not null)
            yield return ProbeKind.Startup;
        if (container.LivenessProbe is not null)
            yield return ProbeKind.Liveness;
        if (container.ReadinessProbe is not null)
            yield return ProbeKind.Readiness;
    }

    private sealed record ContainerProbes(CancellationTokenSource Stop, TaskCompletionSource Started);
}
