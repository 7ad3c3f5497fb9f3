using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.NodeAgent.Images;

namespace Platform.NodeAgent.Runtime.Simulated;

/// <summary>
/// A runtime that only pretends: containers are records that start after a while and run until they are stopped. For machines without root or
/// containerd, for nodes by the thousand, and for tests, which also end containers and make images fail. It says so wherever it can be seen.
/// </summary>
internal sealed class SimulatedRuntime(TimeProvider time, TimeSpan startLatency = default) : IContainerRuntime
{
    public const string Name = "simulated";
    private const int QueuedEvents = 4096;

    private readonly ConcurrentDictionary<string, SandboxState> _sandboxes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RuntimeContainer> _containers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _badImages = new(StringComparer.Ordinal);
    private readonly Channel<string> _events = Channel.CreateBounded<string>(new BoundedChannelOptions(QueuedEvents) { FullMode = BoundedChannelFullMode.DropOldest });
    private long _ids;
    private int _addresses;

    /// <summary>Stop signals that were sent, for tests: container name and grace period.</summary>
    public ConcurrentQueue<(string Container, TimeSpan Grace)> Stops { get; } = new();

    /// <summary>Configurations of all containers ever made, for tests.</summary>
    public ConcurrentQueue<ContainerConfig> Created { get; } = new();

    /// <summary>What a command in a container answers; says that nothing runs unless a test sets it.</summary>
    public Func<string, IReadOnlyList<string>, ExecResult> OnExec { get; set; } =
        (_, _) => new(0, "this container is simulated: no command was run\n");

    /// <summary>When set, containers take their grace period to end.</summary>
    public bool IgnoreStopSignal { get; set; }

    public bool HasNetwork => false;

    public Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken) => Task.FromResult(new RuntimeVersion(Name, "1.0"));

    public Task<RuntimeReadiness> ReadinessAsync(CancellationToken cancellationToken) => Task.FromResult(new RuntimeReadiness(true, "", true, "", ""));

    public Task<IReadOnlyList<RuntimeItem>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RuntimeItem>>(
        [.. _sandboxes.Values.Select(s => new RuntimeItem(s.Pod.Uid, s.Id, s.Ready ? 0 : 1)), .. _containers.Values.Select(c => new RuntimeItem(c.Pod.Uid, c.Id, (int)c.Phase))]);

    public Task<IReadOnlyList<PodIdentity>> ListPodsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PodIdentity>>([.. _sandboxes.Values.Select(s => s.Pod).Distinct()]);

    public Task<PodRuntimeState> ObservePodAsync(string podUid, CancellationToken cancellationToken) => Task.FromResult(new PodRuntimeState(
        [.. _sandboxes.Values.Where(s => s.Pod.Uid == podUid).OrderByDescending(s => s.Attempt)],
        [.. _containers.Values.Where(c => c.Pod.Uid == podUid).OrderByDescending(c => c.Id, StringComparer.Ordinal)]));

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var uid in _events.Reader.ReadAllAsync(cancellationToken))
            yield return uid;
    }

    public Task<string> RunSandboxAsync(SandboxConfig config, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _addresses);
        var state = new SandboxState
        {
            Id = NextId(),
            Pod = config.Pod,
            Attempt = config.Attempt,
            Ready = true,
            CreatedAt = time.GetUtcNow(),
            Ips = config.HostNetwork ? [] : [$"198.18.{number / 254 % 256}.{(number % 254) + 1}"], // the range for benchmarks: leads nowhere
        };
        _sandboxes[state.Id] = state;
        return Task.FromResult(state.Id);
    }

    public Task StopSandboxAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var container in _containers.Values.Where(c => c.SandboxId == id && c.Phase == ContainerPhase.Running))
            Exit(container.Id, 137);
        if (_sandboxes.TryGetValue(id, out var sandbox))
            _sandboxes[id] = sandbox with { Ready = false, Ips = [] };
        return Task.CompletedTask;
    }

    public Task RemoveSandboxAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var container in _containers.Values.Where(c => c.SandboxId == id))
            _containers.TryRemove(container.Id, out _);
        _sandboxes.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public Task<string> CreateContainerAsync(string sandboxId, ContainerConfig config, SandboxConfig sandbox, CancellationToken cancellationToken)
    {
        Created.Enqueue(config);
        var id = NextId();
        _containers[id] = new()
        {
            Id = id,
            SandboxId = sandboxId,
            Runtime = Name,
            Name = config.Name,
            Pod = sandbox.Pod,
            Attempt = config.Attempt,
            Phase = ContainerPhase.Created,
            CreatedAt = time.GetUtcNow(),
            Image = config.Image,
            ImageRef = config.Image,
            LogPath = "",
            Annotations = config.Annotations,
        };
        return Task.FromResult(id);
    }

    public async Task StartContainerAsync(string id, CancellationToken cancellationToken)
    {
        if (startLatency > TimeSpan.Zero)
            await Task.Delay(startLatency, time, cancellationToken);
        if (!_containers.TryGetValue(id, out var container))
            throw new RuntimeException(RuntimeFailure.NotFound, $"container {id} not found");
        _containers[id] = container with { Phase = ContainerPhase.Running, StartedAt = time.GetUtcNow() };
    }

    public async Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (!_containers.TryGetValue(id, out var container) || container.Phase != ContainerPhase.Running)
            return;
        Stops.Enqueue((container.Name, grace));
        if (IgnoreStopSignal && grace > TimeSpan.Zero)
            await Task.Delay(grace, time, cancellationToken);
        Exit(id, IgnoreStopSignal ? 137 : 0);
    }

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken)
    {
        _containers.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public Task ReopenLogAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ExecResult> ExecAsync(string id, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.FromResult(OnExec(id, command));

    public Task<Uri> OpenSessionAsync(SessionRequest request, CancellationToken cancellationToken) =>
        throw new RuntimeException(RuntimeFailure.Failed, "this node's runtime is simulated: there is nothing to connect to");

    public Task<NodeImage?> FindImageAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_badImages.ContainsKey(name) ? null : new NodeImage(name, [name], [], 0, 1000, ""));

    public Task<IReadOnlyList<NodeImage>> ListImagesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<NodeImage>>([]);

    public Task<string> PullImageAsync(string name, RegistryCredentials? credentials, CancellationToken cancellationToken) =>
        _badImages.TryGetValue(name, out var error) ? throw new RuntimeException(RuntimeFailure.Failed, error) : Task.FromResult(name);

    /// <summary>From now on the image is not there and cannot be pulled; null makes it good again.</summary>
    public void BreakImage(string fullName, string? error)
    {
        if (error is null)
            _badImages.TryRemove(fullName, out _);
        else
            _badImages[fullName] = error;
    }

    /// <summary>Ends a container as if its program had.</summary>
    public void Exit(string id, int exitCode)
    {
        if (!_containers.TryGetValue(id, out var container))
            return;
        _containers[id] = container with { Phase = ContainerPhase.Exited, ExitCode = exitCode, FinishedAt = time.GetUtcNow(), Reason = exitCode == 0 ? "Completed" : "Error" };
        _events.Writer.TryWrite(container.Pod.Uid);
    }

    private string NextId() => Interlocked.Increment(ref _ids).ToString("x16", CultureInfo.InvariantCulture);
}
