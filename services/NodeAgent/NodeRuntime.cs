using Platform.Cri;
using Platform.Images;
using Platform.NodeAgent.Containerd;
using Platform.NodeAgent.Network;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Runtime.Cri;
using Platform.NodeAgent.Runtime.Simulated;

namespace Platform.NodeAgent;

/// <summary>
/// The node's runtime with what belongs to it: an own containerd that is started, watched over and given the pause image and a network; or a runtime that is
/// there already; or a simulated one.
/// </summary>
internal sealed partial class NodeRuntime : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerRetry = TimeSpan.FromMilliseconds(30);

    private readonly NodeAgentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ContainerdSupervisor? _containerd;
    private readonly CriRuntime? _cri;

    public NodeRuntime(NodeAgentOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _logger) = (options, time, loggers.CreateLogger<NodeRuntime>());
        if (options.Runtime == RuntimeKind.Simulated)
        {
            Runtime = new SimulatedRuntime(time, options.SimulatedStartLatency);
            return;
        }

        if (options.Endpoint is null)
            _containerd = new(options.Layout, time, loggers.CreateLogger<ContainerdSupervisor>());
        Runtime = _cri = new CriRuntime(CriClient.Connect(options.Endpoint ?? options.Layout.ContainerdSocket));
    }

    public IContainerRuntime Runtime { get; }

    /// <summary>Whether pods get their network from a configuration that the agent writes.</summary>
    public bool OwnsNetwork => _containerd is not null;

    /// <summary>Whether pods are real processes, with cgroups and mounts.</summary>
    public bool IsReal => _cri is not null;

    /// <summary>Brings the runtime to where it answers and has the pause image.</summary>
    public async Task<RuntimeVersion> StartAsync(CancellationToken cancellationToken)
    {
        if (!IsReal)
            LogSimulated(_logger, _options.Name);
        if (_containerd is not null)
            await _containerd.StartAsync(cancellationToken);
        var version = await AnswerAsync(cancellationToken);
        if (_containerd is not null && await Runtime.FindImageAsync(PauseImage.Name, cancellationToken) is null)
            await ImageImport.ImportAsync(_options.Layout.ContainerdSocket, PauseImage.For(ImageName.HostArchitecture), cancellationToken);
        return version;
    }

    /// <summary>Keeps an own containerd alive until cancelled.</summary>
    public Task SuperviseAsync(CancellationToken cancellationToken) => _containerd?.SuperviseAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Gives pods the node's range.</summary>
    public void ConfigureNetwork(string clusterId, string podCidr)
    {
        if (OwnsNetwork && CniNetwork.Write(_options.Layout.CniConfig, CniNetwork.Render(clusterId, podCidr, _options.Layout.CniData)))
            LogNetwork(_logger, podCidr);
    }

    public void Dispose() => _cri?.Dispose();

    private async Task<RuntimeVersion> AnswerAsync(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await Runtime.VersionAsync(cancellationToken);
            }
            catch (Exception e) when (e is RuntimeException or NotSupportedException && _time.GetElapsedTime(since) < AnswerTimeout)
            {
                // containerd opens its socket a moment before its CRI service is there.
                await Task.Delay(AnswerRetry, _time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} has a simulated runtime: its pods are records, no process runs")]
    private static partial void LogSimulated(ILogger logger, string node);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pods of this node get addresses from {PodCidr}")]
    private static partial void LogNetwork(ILogger logger, string podCidr);
}
