using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;

namespace Platform.ControllerManager.Tests;

/// <summary>Runs every pod at once: binds it to a node, reports it ready, and removes it when it is being deleted. Records how many there were.</summary>
internal sealed class FakeKubelet : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IApiClient _api;
    private readonly TimeProvider _time;
    private readonly Func<Pod, bool> _becomesReady;
    private readonly Task _running;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pod> _pods = [];
    private int _address = 1;

    public FakeKubelet(TestCluster cluster, Func<Pod, bool>? becomesReady = null, string ns = "default")
    {
        (_api, _time, _becomesReady) = (cluster.Api, cluster.Time, becomesReady ?? (_ => true));
        _running = RunAsync(ns);
    }

    /// <summary>After each change: pods that are not on their way out, and how many of them are ready.</summary>
    public List<(int Active, int Ready)> History { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string ns)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var list = await _api.Resource<Pod>().ListAsync(ns, null, _stop.Token);
                foreach (var pod in list.Items)
                    await HandleAsync(pod);
                await foreach (var change in _api.Resource<Pod>().WatchAsync(ns, new() { ResourceVersion = list.Metadata.ResourceVersion }, _stop.Token))
                {
                    if (change.Type == WatchEventType.Bookmark)
                        continue;
                    Record(change);
                    if (change.Type != WatchEventType.Deleted)
                        await HandleAsync(change.Object);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException && _stop.IsCancellationRequested)
        {
            return;
        }
    }

    private void Record(WatchEvent<Pod> change)
    {
        lock (_gate)
        {
            if (change.Type == WatchEventType.Deleted)
                _pods.Remove(change.Object.Metadata.Uid!);
            else
                _pods[change.Object.Metadata.Uid!] = change.Object;
            var active = _pods.Values.Where(p => p.Metadata.DeletionTimestamp is null).ToList();
            History.Add((active.Count, active.Count(Workloads.PodStates.IsReady)));
        }
    }

    private async Task HandleAsync(Pod pod)
    {
        var pods = _api.Resource<Pod>();
        try
        {
            if (pod.Metadata.DeletionTimestamp is not null)
                await pods.DeleteAsync(pod.Metadata.Namespace, pod.Metadata.Name!, new() { GracePeriodSeconds = 0 }, _stop.Token);
            else if (pod.Status?.PodIP is null && _becomesReady(pod))
                await pods.UpdateStatusWithRetryAsync(pod.Metadata.Namespace, pod.Metadata.Name!, Ready, _stop.Token);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            return; // Gone meanwhile.
        }
    }

    private Pod Ready(Pod pod)
    {
        var ip = $"10.64.0.{Interlocked.Increment(ref _address)}";
        return pod with
        {
            Status = (pod.Status ?? new()) with
            {
                Phase = "Running",
                PodIP = ip,
                PodIPs = [new() { Ip = ip }],
                Conditions = [new() { Type = "Ready", Status = "True", LastTransitionTime = _time.GetUtcNow() }],
            },
        };
    }
}
