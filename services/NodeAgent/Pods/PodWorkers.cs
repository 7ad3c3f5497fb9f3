using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Client;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>One worker for each pod of the node: made when the pod appears, gone when nothing of it is left.</summary>
internal sealed partial class PodWorkers(PodServices services, ReferencedObjects? references) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _workers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    public int Count => _workers.Count;

    /// <summary>The pods that the node works on, with the status as it is known here.</summary>
    public IReadOnlyList<Pod> Pods => [.. _workers.Values.Select(e => e.Worker.Current)];

    public Pod? Find(string ns, string name) =>
        _workers.Values.Select(e => e.Worker).FirstOrDefault(w => w.Identity.Namespace == ns && w.Identity.Name == name)?.Current;

    /// <summary>A pod has come, changed, or gone.</summary>
    public void On(InformerEvent<Pod> change)
    {
        if (change.New is { } pod)
        {
            if (change.Old is { } old && old.Metadata.Uid != pod.Metadata.Uid)
                Remove(old, change.Cause);
            Set(pod, change.Cause);
        }
        else
        {
            Remove(change.Old!, change.Cause);
        }
    }

    public void Set(Pod pod, ActivityContext cause)
    {
        var uid = pod.Metadata.Uid!;
        if (_workers.TryGetValue(uid, out var known))
            known.Worker.Update(pod, cause);
        else
            Start(pod, gone: false, cause);
    }

    /// <summary>A pod that the runtime still has and the API server no longer: it is stopped and cleared away.</summary>
    public void AddOrphan(PodIdentity pod)
    {
        if (!_workers.ContainsKey(pod.Uid))
        {
            LogOrphan(services.Logger, pod.ToString());
            Start(new() { Metadata = new() { Namespace = pod.Namespace, Name = pod.Name, Uid = pod.Uid }, Spec = new() { Containers = [] } }, gone: true, default);
        }
    }

    public void Wake(string podUid)
    {
        if (_workers.TryGetValue(podUid, out var entry))
            entry.Worker.Wake();
    }

    public void WakeAll()
    {
        foreach (var entry in _workers.Values)
            entry.Worker.Wake();
    }

    public void RefreshVolumes(string podUid)
    {
        if (_workers.TryGetValue(podUid, out var entry))
            entry.Worker.RefreshVolumes();
    }

    /// <summary>Ends all workers; what runs goes on running.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers.Values.Select(e => e.Done));
    }

    private void Remove(Pod pod, ActivityContext cause)
    {
        if (_workers.TryGetValue(pod.Metadata.Uid!, out var entry))
            entry.Worker.Remove(pod, cause);
    }

    private void Start(Pod pod, bool gone, ActivityContext cause)
    {
        references?.Register(pod);
        var worker = new PodWorker(services, pod, gone, cause, _stopping.Token);
        var entry = new Entry(worker);
        if (_workers.TryAdd(worker.Identity.Uid, entry))
            entry.Done = Task.Run(() => RunAsync(worker));
    }

    private async Task RunAsync(PodWorker worker)
    {
        await using (worker)
        {
            try
            {
                await worker.RunAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A broken invariant of one pod must not take the others down; it is loud, and the pod stays as it is.
                LogBroken(services.Logger, worker.Identity.ToString(), e);
                return;
            }
        }

        _workers.TryRemove(worker.Identity.Uid, out _);
        references?.Unregister(worker.Identity.Uid);
        services.Tokens.Forget(worker.Identity.Uid);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pod {Pod} is no longer in the API; clearing away what is left of it")]
    private static partial void LogOrphan(ILogger logger, string pod);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The worker of pod {Pod} has failed")]
    private static partial void LogBroken(ILogger logger, string pod, Exception exception);

    private sealed class Entry(PodWorker worker)
    {
        public PodWorker Worker { get; } = worker;

        public Task Done { get; set; } = Task.CompletedTask;
    }
}
