using Platform.NodeAgent.Images;

namespace Platform.NodeAgent.Runtime;

/// <summary>
/// All that the node agent wants of a container runtime. Every call fails with <see cref="RuntimeException"/>; ids that are not there
/// count as done for the calls that stop and remove.
/// </summary>
internal interface IContainerRuntime
{
    /// <summary>Whether pods have addresses at which something can be asked. Simulated containers serve nothing, so probes over the network count as answered.</summary>
    bool HasNetwork => true;

    /// <summary>Name and version; the first call waits until the runtime answers.</summary>
    Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Whether runtime and network can run pods.</summary>
    Task<RuntimeReadiness> ReadinessAsync(CancellationToken cancellationToken);

    /// <summary>Everything that the runtime has, with states only: cheap.</summary>
    Task<IReadOnlyList<RuntimeItem>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The pods that have a sandbox.</summary>
    Task<IReadOnlyList<PodIdentity>> ListPodsAsync(CancellationToken cancellationToken);

    /// <summary>Everything about one pod.</summary>
    Task<PodRuntimeState> ObservePodAsync(string podUid, CancellationToken cancellationToken);

    /// <summary>Reports uids of pods of which something changed. Ends with <see cref="NotSupportedException"/> where the runtime has no events.</summary>
    IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken);

    Task<string> RunSandboxAsync(SandboxConfig config, CancellationToken cancellationToken);

    Task StopSandboxAsync(string id, CancellationToken cancellationToken);

    Task RemoveSandboxAsync(string id, CancellationToken cancellationToken);

    Task<string> CreateContainerAsync(string sandboxId, ContainerConfig config, SandboxConfig sandbox, CancellationToken cancellationToken);

    Task StartContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Sends the stop signal and, after the grace period, SIGKILL. Returns when the container has ended.</summary>
    Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken);

    Task RemoveContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens the container's log file anew, after it was renamed.</summary>
    Task ReopenLogAsync(string id, CancellationToken cancellationToken);

    /// <summary>Runs a command and waits for it; its output is cut off at some size.</summary>
    /// <exception cref="TimeoutException">It took longer than allowed.</exception>
    Task<ExecResult> ExecAsync(string id, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>The runtime's address for a session: where exec, attach or port-forward is spoken.</summary>
    Task<Uri> OpenSessionAsync(SessionRequest request, CancellationToken cancellationToken);

    Task<NodeImage?> FindImageAsync(string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<NodeImage>> ListImagesAsync(CancellationToken cancellationToken);

    /// <summary>Pulls an image and returns its reference.</summary>
    Task<string> PullImageAsync(string name, RegistryCredentials? credentials, CancellationToken cancellationToken);
}

/// <summary>What kind of session is wanted.</summary>
internal enum SessionKind
{
    Exec,
    Attach,
    PortForward,
}

/// <summary>A session with a container (exec, attach) or a sandbox (port forward).</summary>
internal sealed record SessionRequest(SessionKind Kind, string Id)
{
    public IReadOnlyList<string> Command { get; init; } = [];

    public bool Stdin { get; init; }

    public bool Stdout { get; init; }

    public bool Stderr { get; init; }

    public bool Tty { get; init; }

    public IReadOnlyList<int> Ports { get; init; } = [];
}

/// <summary>Why the runtime could not do what was asked.</summary>
internal enum RuntimeFailure
{
    /// <summary>The runtime refused or failed.</summary>
    Failed,

    /// <summary>The sandbox, container or image does not exist.</summary>
    NotFound,

    /// <summary>The runtime cannot be reached: try again.</summary>
    Unavailable,
}

/// <summary>A failed call to the runtime; the message is the runtime's own.</summary>
internal sealed class RuntimeException(RuntimeFailure failure, string message, Exception? cause = null) : Exception(message, cause)
{
    public RuntimeFailure Failure { get; } = failure;
}
