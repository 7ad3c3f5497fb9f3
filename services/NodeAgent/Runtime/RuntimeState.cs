namespace Platform.NodeAgent.Runtime;

/// <summary>Labels and annotations by which sandboxes and containers are found again; upstream's names, so that tools such as crictl show them.</summary>
internal static class RuntimeLabels
{
    public const string PodName = "io.kubernetes.pod.name";
    public const string PodNamespace = "io.kubernetes.pod.namespace";
    public const string PodUid = "io.kubernetes.pod.uid";
    public const string ContainerName = "io.kubernetes.container.name";

    /// <summary>Annotation: hash of the parts of the container's spec that need a restart when they change.</summary>
    public const string Hash = "io.kubernetes.container.hash";

    /// <summary>Annotation: how often the container was restarted.</summary>
    public const string RestartCount = "io.kubernetes.container.restartCount";

    /// <summary>Annotation: where the container leaves its last words.</summary>
    public const string TerminationMessagePath = "io.kubernetes.container.terminationMessagePath";

    /// <summary>Annotation: <c>File</c> or <c>FallbackToLogsOnError</c>.</summary>
    public const string TerminationMessagePolicy = "io.kubernetes.container.terminationMessagePolicy";

    /// <summary>Annotation: grace period of the pod, for containers whose pod is no longer known.</summary>
    public const string GracePeriod = "io.kubernetes.pod.terminationGracePeriod";
}

/// <summary>Where a container is in its life.</summary>
internal enum ContainerPhase
{
    Created,
    Running,
    Exited,
    Unknown,
}

/// <summary>A pod sandbox as the runtime reports it.</summary>
internal sealed record SandboxState
{
    public required string Id { get; init; }

    public required PodIdentity Pod { get; init; }

    public int Attempt { get; init; }

    public bool Ready { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> Ips { get; init; } = [];
}

/// <summary>A container as the runtime reports it.</summary>
internal sealed record RuntimeContainer
{
    public required string Id { get; init; }

    public required string SandboxId { get; init; }

    public required string Name { get; init; }

    public PodIdentity Pod { get; init; } = new("", "", "");

    public int Attempt { get; init; }

    public ContainerPhase Phase { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public int ExitCode { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public string Image { get; init; } = "";

    public string ImageRef { get; init; } = "";

    public string LogPath { get; init; } = "";

    /// <summary>The runtime's name, which prefixes ids in the API.</summary>
    public string Runtime { get; init; } = "containerd";

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public string Hash => Annotations.GetValueOrDefault(RuntimeLabels.Hash, "");
}

/// <summary>Which pod something belongs to.</summary>
internal readonly record struct PodIdentity(string Namespace, string Name, string Uid)
{
    public static PodIdentity Of(Api.Core.V1.Pod pod) => new(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", pod.Metadata.Uid ?? "");

    /// <summary>As upstream writes it in messages: <c>name_namespace(uid)</c>.</summary>
    public override string ToString() => $"{Name}_{Namespace}({Uid})";
}

/// <summary>What the runtime has of one pod; newest first in both lists.</summary>
internal sealed record PodRuntimeState(IReadOnlyList<SandboxState> Sandboxes, IReadOnlyList<RuntimeContainer> Containers)
{
    public static readonly PodRuntimeState Empty = new([], []);

    public SandboxState? Sandbox => Sandboxes.Count > 0 ? Sandboxes[0] : null;

    public RuntimeContainer? Newest(string name) => Containers.FirstOrDefault(c => c.Name == name);

    public IEnumerable<RuntimeContainer> All(string name) => Containers.Where(c => c.Name == name);
}

/// <summary>A cheap fingerprint of one sandbox or container, for finding what has changed since the last look.</summary>
/// <param name="PodUid">Its pod.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">Its state as a number.</param>
internal readonly record struct RuntimeItem(string PodUid, string Id, int State);

/// <summary>What the runtime says about itself.</summary>
internal sealed record RuntimeReadiness(bool Ready, string Message, bool NetworkReady, string NetworkReason, string NetworkMessage);

/// <summary>Name and version of the runtime, such as <c>containerd://1.6.20</c>.</summary>
internal sealed record RuntimeVersion(string Name, string Version)
{
    public override string ToString() => $"{Name}://{Version}";
}

/// <summary>An image on the node.</summary>
internal sealed record NodeImage(string Id, IReadOnlyList<string> Tags, IReadOnlyList<string> Digests, long SizeBytes, long? Uid, string Username);

/// <summary>What a command in a container answered.</summary>
internal sealed record ExecResult(int ExitCode, string Output);
