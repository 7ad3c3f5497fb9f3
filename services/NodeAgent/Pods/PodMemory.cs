using System.Collections.Immutable;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// What the agent knows of a pod beyond its object and the runtime: back-offs, the last failure of each container, what probes found. All of
/// it can be lost: after a restart of the agent it starts empty and is found out anew.
/// </summary>
internal sealed record PodMemory
{
    public static readonly PodMemory Empty = new();

    public ImmutableDictionary<string, ContainerMemory> Containers { get; init; } = ImmutableDictionary<string, ContainerMemory>.Empty;

    /// <summary>Not before this time is the sandbox tried again.</summary>
    public DateTimeOffset SandboxRetryAt { get; init; }

    public int SandboxFailures { get; init; }

    /// <summary>Not before this time are volumes tried again.</summary>
    public DateTimeOffset VolumesRetryAt { get; init; }

    public int VolumesFailures { get; init; }

    /// <summary>Whether every volume of the pod is in place.</summary>
    public bool VolumesReady { get; init; }

    /// <summary>What has been given back already.</summary>
    public Reclaimed Reclaimed { get; init; }

    /// <summary>A failure of the pod as a whole, such as a deadline that has passed; final.</summary>
    public PodFailure? Failure { get; init; }

    public ContainerMemory Of(string container) => Containers.GetValueOrDefault(container, ContainerMemory.Empty);

    public PodMemory With(string container, Func<ContainerMemory, ContainerMemory> change) =>
        this with { Containers = Containers.SetItem(container, change(Of(container))) };
}

/// <summary>What of a pod has been given back. A pod that is over keeps its logs and the last words of its containers until it is deleted.</summary>
internal enum Reclaimed
{
    Nothing,
    Resources,
    Everything,
}

/// <summary>Why the pod as a whole has failed.</summary>
internal sealed record PodFailure(string Reason, string Message);

/// <summary>What the agent knows of one container.</summary>
internal sealed record ContainerMemory
{
    public static readonly ContainerMemory Empty = new();

    public RestartBackoff Crash { get; init; }

    public RestartBackoff Pull { get; init; }

    /// <summary>Why it could not be started last time; null where it could.</summary>
    public StartFailure? Failure { get; init; }

    /// <summary>Container that <see cref="Startup"/>, <see cref="Ready"/> and <see cref="Kill"/> are about; results of an earlier one do not count.</summary>
    public string ContainerId { get; init; } = "";

    public ProbeVerdict Startup { get; init; }

    public ProbeVerdict Ready { get; init; }

    /// <summary>Set when a probe wants the container gone.</summary>
    public KillOrder? Kill { get; init; }

    /// <summary>The same memory, emptied of what another container's probes found.</summary>
    public ContainerMemory For(string containerId) =>
        ContainerId == containerId ? this : this with { ContainerId = containerId, Startup = default, Ready = default, Kill = null };
}

/// <summary>What a probe found so far.</summary>
internal enum ProbeVerdict
{
    Unknown,
    Success,
    Failure,
}

/// <summary>Why a container waits: reason and message of its status, since when, and when the next try is due.</summary>
internal sealed record StartFailure(string Reason, string Message, DateTimeOffset At, DateTimeOffset RetryAt)
{
    public const string PullFailed = "ErrImagePull";

    /// <summary>How long the failed pull itself is shown before the status says that the agent waits to try again.</summary>
    private static readonly TimeSpan PullFailureShown = TimeSpan.FromSeconds(1);

    /// <summary>When <see cref="Aged"/> will say something else; null for never.</summary>
    public DateTimeOffset? AgesAt => Reason == PullFailed ? At + PullFailureShown : null;

    /// <summary>The failure as it is shown some time later.</summary>
    public StartFailure Aged(string image) =>
        this with { Reason = "ImagePullBackOff", Message = $"Back-off pulling image \"{image}\": {PullFailed}: {Message}" };
}

/// <summary>That a container must be stopped and why.</summary>
internal sealed record KillOrder(string Reason, string Message, TimeSpan? Grace = null);
