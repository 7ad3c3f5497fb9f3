using Platform.Api.Core.V1;
using Platform.Client;
using Platform.NodeAgent.Network;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Probes;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Server;
using Platform.NodeAgent.Status;
using Platform.NodeAgent.Volumes;
using Platform.ServiceDefaults;

namespace Platform.NodeAgent;

/// <summary>
/// The node agent from start to end: runtime, registration, HTTPS endpoints, then pods, with the loops that run beside them. It waits
/// for the API server as long as it takes, and leaves everything running when it ends.
/// </summary>
internal sealed partial class NodeAgentService(
    NodeAgentOptions options,
    ClusterSettings cluster,
    IApiClient client,
    IInformerFactory informers,
    IEventRecorder events,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    /// <summary>How often the runtime is asked whether it is well.</summary>
    private static readonly TimeSpan ReadinessPeriod = TimeSpan.FromSeconds(10);

    /// <summary>How often while the network has just been configured.</summary>
    private static readonly TimeSpan NetworkRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after a configuration a network that is not ready is asked that often.</summary>
    private static readonly TimeSpan NetworkPatience = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = loggers.CreateLogger<NodeAgentService>();
    private readonly WakeSignal _nodeChanged = new();
    private volatile bool _networkReady;
    private volatile string? _podCidr;

    /// <summary>Completes when the node takes pods; for tests.</summary>
    public TaskCompletionSource<PodWorkers> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(_logger, options.Name);
        }
        catch (Exception e)
        {
            LogFailed(_logger, options.Name, e);
            Started.TrySetException(e);
            throw;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var runtime = new NodeRuntime(options, time, loggers);
        var version = await runtime.StartAsync(cancellationToken);
        if (runtime.OwnsNetwork)
            await new HostNetwork(cluster.Id, cluster.PodCidr).EnsureAsync(cancellationToken);
        var machine = MachineFacts.Read(options.Layout.Root, version.ToString());
        var address = options.Address ?? HostNetwork.FindAddress();
        using var references = new ReferencedObjects(client, time, loggers.CreateLogger<ReferencedObjects>());
        var services = Assemble(runtime, machine, address, references);
        await using var workers = new PodWorkers(services, references);
        references.Changed += workers.RefreshVolumes;
        await using var server = new NodeServer(options, cluster, services, workers, time, loggers);
        var port = await server.StartAsync(cancellationToken);
        var reporter = new NodeReporter(client, events, time, _logger);
        async Task<NodeObservation> ObserveAsync() => new()
        {
            Name = options.Name,
            Address = address,
            Port = port,
            Machine = machine,
            MaxPods = options.MaxPods,
            Runtime = await ReadinessAsync(runtime, cancellationToken),
            Images = await ImagesAsync(runtime.Runtime, cancellationToken),
            Now = time.GetUtcNow(),
        };
        var node = await reporter.RegisterAsync(await ObserveAsync(), cancellationToken);
        OnNode(node, runtime);
        informers.For<Node>("metadata.name=" + options.Name).AddHandler(change => OnNode(change.New, runtime));
        await StartPodsAsync(runtime.Runtime, workers, cancellationToken);
        Started.TrySetResult(workers);
        LogStarted(_logger, options.Name, version.ToString(), port);
        await EndsTogetherAsync(stop =>
        [
            runtime.SuperviseAsync(stop),
            new RuntimeWatcher(runtime.Runtime, workers, time, _logger).RunAsync(stop),
            new LogRotation(runtime.Runtime, options.Layout, workers, time).RunAsync(stop),
            reporter.RenewLeaseAsync(options.Name, stop),
            ReportAsync(reporter, ObserveAsync, workers, stop),
        ], cancellationToken);
    }

    private PodServices Assemble(NodeRuntime runtime, MachineFacts machine, string address, ReferencedObjects references)
    {
        var volumes = new PodVolumes(options.Layout, time);
        var cgroups = runtime.IsReal && PosixCalls.IsRoot ? new Cgroups($"/platform-{cluster.Id}/{options.Name}") : null;
        var prober = new Prober(runtime.Runtime, time);
        var services = informers.For<Service>();
        return new()
        {
            Runtime = runtime.Runtime,
            Api = new PodApi(client),
            Events = new(events),
            Objects = references,
            Tokens = new TokenCache(references, time),
            Services = () => services.List(),
            Volumes = volumes,
            Configs = new(options.Layout, volumes, cgroups),
            Images = new(runtime.Runtime, references, time),
            Prober = prober,
            Hooks = new(prober, time),
            Messages = new(options.Layout),
            Cgroups = cgroups,
            Layout = options.Layout,
            Node = new()
            {
                Name = options.Name,
                Address = address,
                MemoryBytes = machine.MemoryBytes,
                Allocatable = machine.Allocatable(options.MaxPods),
                HostDns = File.Exists("/etc/resolv.conf") ? DnsConfigBuilder.Parse(File.ReadAllText("/etc/resolv.conf")) : new([], [], []),
                ClusterDomain = cluster.ClusterDomain,
                CgroupRoot = cgroups is null ? null : $"/platform-{cluster.Id}/{options.Name}",
            },
            NetworkReady = () => _networkReady,
            Time = time,
            Logger = _logger,
        };
    }

    private async Task StartPodsAsync(IContainerRuntime runtime, PodWorkers workers, CancellationToken cancellationToken)
    {
        var pods = informers.For<Pod>("spec.nodeName=" + options.Name);
        var services = informers.For<Service>();
        // A container's environment lists the services: so they must be known before the first container starts.
        await services.WaitForSyncAsync(cancellationToken);
        pods.AddHandler(workers.On);
        await pods.WaitForSyncAsync(cancellationToken);
        foreach (var pod in await runtime.ListPodsAsync(cancellationToken))
        {
            if (pod.Uid.Length > 0)
                workers.AddOrphan(pod);
        }
    }

    private void OnNode(Node? node, NodeRuntime runtime)
    {
        if (node?.Spec?.PodCIDR is not { Length: > 0 } cidr || cidr == _podCidr)
            return;
        runtime.ConfigureNetwork(cluster.Id, cidr);
        _podCidr = cidr;
        _nodeChanged.Set();
    }

    private async Task<RuntimeReadiness> ReadinessAsync(NodeRuntime runtime, CancellationToken cancellationToken)
    {
        RuntimeReadiness readiness;
        try
        {
            readiness = await runtime.Runtime.ReadinessAsync(cancellationToken);
        }
        catch (RuntimeException e)
        {
            readiness = new(false, e.Message, false, "", "");
        }

        _networkReady = readiness.NetworkReady;
        return readiness;
    }

    private static async Task<IReadOnlyList<NodeImage>> ImagesAsync(IContainerRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ListImagesAsync(cancellationToken);
        }
        catch (RuntimeException)
        {
            return []; // the runtime is down, which its readiness says
        }
    }

    private async Task ReportAsync(NodeReporter reporter, Func<Task<NodeObservation>> observe, PodWorkers workers, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var wasReady = false;
        while (true)
        {
            var observation = await observe();
            if (_networkReady && !wasReady)
                workers.WakeAll();
            wasReady = _networkReady;
            await reporter.ReportAsync(observation, cancellationToken);
            var impatient = !_networkReady && _podCidr is not null && time.GetElapsedTime(since) < NetworkPatience;
            var before = _podCidr;
            await _nodeChanged.WaitAsync(impatient ? NetworkRetry : ReadinessPeriod, time, cancellationToken);
            if (before != _podCidr)
                since = time.GetTimestamp();
        }
    }

    /// <summary>Runs loops until all are cancelled, or one fails, which cancels the others.</summary>
    private static async Task EndsTogetherAsync(Func<CancellationToken, IReadOnlyList<Task>> start, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = start(stop.Token).ToList();
        while (pending.Count > 0)
        {
            var ended = await Task.WhenAny(pending);
            pending.Remove(ended);
            if (!ended.IsFaulted && !ended.IsCanceled)
                continue;
            await stop.CancelAsync();
            await Task.WhenAll(pending.Append(ended));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node agent of {Node} takes pods, with {Runtime}, endpoints at port {Port}")]
    private static partial void LogStarted(ILogger logger, string node, string runtime, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node agent of {Node} has stopped; its pods go on running")]
    private static partial void LogStopped(ILogger logger, string node);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Node agent of {Node} has failed")]
    private static partial void LogFailed(ILogger logger, string node, Exception exception);
}
