using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.Client;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Probes;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Tests.Support;

/// <summary>Pod workers over a runtime, with an API server that only remembers.</summary>
internal sealed class PodHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plt-agent-");

    public PodHarness(IContainerRuntime runtime, TimeProvider time, NodeLayout? layout = null, Cgroups? cgroups = null)
    {
        Layout = layout ?? new(_folder.FullName);
        var volumes = new PodVolumes(Layout, time);
        var prober = new Prober(runtime, time);
        Services = new()
        {
            Runtime = runtime,
            Api = Api,
            Events = new(Events),
            Objects = Objects,
            Tokens = new TokenCache(Objects, time),
            Services = () => [],
            Volumes = volumes,
            Configs = new(Layout, volumes, cgroups),
            Images = new(runtime, Objects, time),
            Prober = prober,
            Hooks = new(prober, time),
            Messages = new(Layout),
            Cgroups = cgroups,
            Layout = Layout,
            Node = new() { Name = "node-1", Address = "192.0.2.10", MemoryBytes = 1L << 33, Allocatable = new Dictionary<string, Quantity> { ["cpu"] = new(2) } },
            NetworkReady = () => NetworkReady,
            Time = time,
            Logger = NullLogger.Instance,
        };
        Workers = new(Services, null);
        _ = FollowAsync(runtime);
    }

    public NodeLayout Layout { get; }

    public RememberingApi Api { get; } = new();

    public RememberingEvents Events { get; } = new();

    public FakeObjects Objects { get; } = new();

    public PodServices Services { get; }

    public PodWorkers Workers { get; }

    public bool NetworkReady { get; set; } = true;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Waits until the pod's last written status fulfils a condition.</summary>
    public async Task<PodStatus> UntilAsync(string uid, Func<PodStatus, bool> condition, string what = "condition")
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            var next = Api.NextAsync();
            if (Api.Statuses.TryGetValue(uid, out var status) && condition(status))
                return status;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                var seen = status is null ? "none" : System.Text.Encoding.UTF8.GetString(Platform.Api.Json.ApiJson.Encode(new Pod { Status = status }));
                throw new TimeoutException($"{what}: not reached; status is {seen}; events: {string.Join(" | ", Events.All)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Workers.DisposeAsync();
        foreach (var mount in PosixCalls.MountsBelow(_folder.FullName))
            PosixCalls.Unmount(mount);
        _folder.Delete(recursive: true);
    }

    private async Task FollowAsync(IContainerRuntime runtime)
    {
        try
        {
            await new RuntimeWatcher(runtime, Workers, Services.Time, NullLogger.Instance).RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }
}

internal sealed class RememberingApi : IPodApi
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<string, PodStatus> Statuses { get; } = new();

    public ConcurrentQueue<PodStatus> History { get; } = new();

    public ConcurrentDictionary<string, TaskCompletionSource> Deleted { get; } = new();

    public Task NextAsync()
    {
        lock (Statuses)
            return _next.Task;
    }

    public Task DeletionOf(string uid) => Deleted.GetOrAdd(uid, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task WriteStatusAsync(Pod pod, PodStatus before, PodStatus status, CancellationToken cancellationToken)
    {
        lock (Statuses)
        {
            Statuses[pod.Metadata.Uid!] = status;
            History.Enqueue(status);
            var now = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            now.SetResult();
        }

        return Task.CompletedTask;
    }

    public Task ConfirmDeletionAsync(Pod pod, CancellationToken cancellationToken)
    {
        Deleted.GetOrAdd(pod.Metadata.Uid!, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Task.CompletedTask;
    }
}

internal sealed class RememberingEvents : IEventRecorder
{
    public ConcurrentQueue<string> All { get; } = new();

    public void Normal(KubernetesObject about, string reason, string message) => All.Enqueue($"Normal {reason}: {message}");

    public void Warning(KubernetesObject about, string reason, string message) => All.Enqueue($"Warning {reason}: {message}");
}

internal sealed class FakeObjects : IReferencedObjects
{
    public ConcurrentDictionary<string, ConfigMap> ConfigMaps { get; } = new();

    public ConcurrentDictionary<string, Secret> Secrets { get; } = new();

    public int Tokens;

    public Task<ConfigMap?> ConfigMapAsync(string ns, string name, CancellationToken cancellationToken) => Task.FromResult(ConfigMaps.GetValueOrDefault(name));

    public Task<Secret?> SecretAsync(string ns, string name, CancellationToken cancellationToken) => Task.FromResult(Secrets.GetValueOrDefault(name));

    public Task<TokenRequestStatus> TokenAsync(string ns, string serviceAccount, TokenRequestSpec spec, CancellationToken cancellationToken) =>
        Task.FromResult(new TokenRequestStatus { Token = $"token-{Interlocked.Increment(ref Tokens)}" });
}
