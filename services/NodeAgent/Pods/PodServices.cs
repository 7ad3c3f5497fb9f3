using Platform.Api.Core.V1;
using Platform.NodeAgent.Images;
using Platform.NodeAgent.Probes;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>What all pod workers of a node share.</summary>
internal sealed record PodServices
{
    public required IContainerRuntime Runtime { get; init; }

    public required IPodApi Api { get; init; }

    public required PodEvents Events { get; init; }

    public required IReferencedObjects Objects { get; init; }

    public required ITokenSource Tokens { get; init; }

    public required Func<IEnumerable<Service>> Services { get; init; }

    public required PodVolumes Volumes { get; init; }

    public required PodConfigBuilder Configs { get; init; }

    public required ImagePuller Images { get; init; }

    public required Prober Prober { get; init; }

    public required LifecycleHooks Hooks { get; init; }

    public required TerminationMessages Messages { get; init; }

    public Cgroups? Cgroups { get; init; }

    public required NodeLayout Layout { get; init; }

    public required NodeFacts Node { get; init; }

    public required Func<bool> NetworkReady { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>How many sandboxes may be set up at once: more only makes each slower.</summary>
    public SemaphoreSlim SandboxSlots { get; } = new(MaxSandboxesAtOnce);

    private const int MaxSandboxesAtOnce = 8;
}

/// <summary>What a pod worker tells the API server.</summary>
internal interface IPodApi
{
    /// <summary>Writes a pod's status. A pod that is gone counts as done.</summary>
    Task WriteStatusAsync(Pod pod, PodStatus before, PodStatus status, CancellationToken cancellationToken);

    /// <summary>Confirms that nothing of a deleted pod is left on the node.</summary>
    Task ConfirmDeletionAsync(Pod pod, CancellationToken cancellationToken);
}
