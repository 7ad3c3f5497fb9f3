namespace Platform.Api.Core.V1;

/// <summary>What a container is doing; exactly one member is set.</summary>
public sealed partial record ContainerState
{
    /// <summary>The container does not run yet.</summary>
    [Proto(1)]
    public ContainerStateWaiting? Waiting { get; set; }

    /// <summary>The container runs.</summary>
    [Proto(2)]
    public ContainerStateRunning? Running { get; set; }

    /// <summary>The container has ended.</summary>
    [Proto(3)]
    public ContainerStateTerminated? Terminated { get; set; }
}

/// <summary>A container that runs.</summary>
public sealed partial record ContainerStateRunning
{
    /// <summary>When it was started.</summary>
    [Proto(1)]
    public DateTimeOffset? StartedAt { get; set; }
}

/// <summary>How a container ended.</summary>
public sealed partial record ContainerStateTerminated
{
    /// <summary>Exit code of the container.</summary>
    [Proto(1), Required]
    public int? ExitCode { get; set; }

    /// <summary>Signal that ended the container.</summary>
    [Proto(2)]
    public int? Signal { get; set; }

    /// <summary>Why it ended, in one word.</summary>
    [Proto(3)]
    public string? Reason { get; set; }

    /// <summary>Last words of the container.</summary>
    [Proto(4)]
    public string? Message { get; set; }

    /// <summary>When it started.</summary>
    [Proto(5)]
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    [Proto(6)]
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Identifier of the container, such as containerd://….</summary>
    [Proto(7)]
    public string? ContainerID { get; set; }
}

/// <summary>A container that does not run yet.</summary>
public sealed partial record ContainerStateWaiting
{
    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(1)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(2)]
    public string? Message { get; set; }
}

/// <summary>State of a container.</summary>
public sealed partial record ContainerStatus
{
    /// <summary>Name of the container.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Present state.</summary>
    [Proto(2)]
    public ContainerState? State { get; set; }

    /// <summary>State of the run before.</summary>
    [Proto(3)]
    public ContainerState? LastState { get; set; }

    /// <summary>Whether the container passes its readiness probe.</summary>
    [Proto(4), Required]
    public bool? Ready { get; set; }

    /// <summary>How often the container was restarted.</summary>
    [Proto(5), Required]
    public int? RestartCount { get; set; }

    /// <summary>Image that runs.</summary>
    [Proto(6), Required]
    public string? Image { get; set; }

    /// <summary>Digest of the image that runs.</summary>
    [Proto(7), Required]
    public string? ImageID { get; set; }

    /// <summary>Identity of the container in the runtime.</summary>
    [Proto(8)]
    public string? ContainerID { get; set; }

    /// <summary>Whether the container passed its startup probe.</summary>
    [Proto(9)]
    public bool? Started { get; set; }

    /// <summary>What the node has set aside for it.</summary>
    [Proto(10)]
    public IReadOnlyDictionary<string, Quantity>? AllocatedResources { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(11)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>State of its mounts.</summary>
    [Proto(12), ListType("map", "mountPath"), PatchStrategy("merge", "mountPath")]
    public IReadOnlyList<VolumeMountStatus>? VolumeMounts { get; set; }

    /// <summary>User name that is meant.</summary>
    [Proto(13)]
    public ContainerUser? User { get; set; }

    /// <summary>Health of its devices.</summary>
    [Proto(14), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<ResourceStatus>? AllocatedResourcesStatus { get; set; }
}

/// <summary>User of a container's first process.</summary>
public sealed partial record ContainerUser
{
    /// <summary>User and groups on Linux.</summary>
    [Proto(1)]
    public LinuxContainerUser? Linux { get; set; }
}

/// <summary>An address of the pod's node.</summary>
public sealed partial record HostIP
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }
}

/// <summary>User and groups of a process.</summary>
public sealed partial record LinuxContainerUser
{
    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(1), Required]
    public long? Uid { get; set; }

    /// <summary>Group.</summary>
    [Proto(2), Required]
    public long? Gid { get; set; }

    /// <summary>Further groups.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<long>? SupplementalGroups { get; set; }
}

/// <summary>A fact about a pod.</summary>
public sealed partial record PodCondition
{
    /// <summary>PodScheduled, Initialized, ContainersReady, Ready, DisruptionTarget or one of a readiness gate.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the condition was last checked.</summary>
    [Proto(3)]
    public DateTimeOffset? LastProbeTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(5)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(6)]
    public string? Message { get; set; }
}

/// <summary>An address of a pod.</summary>
public sealed partial record PodIP
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }
}

/// <summary>The claim that was made for an entry of resourceClaims.</summary>
public sealed partial record PodResourceClaimStatus
{
    /// <summary>Name of the entry.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Name of the claim; none where none was needed.</summary>
    [Proto(2)]
    public string? ResourceClaimName { get; set; }
}

/// <summary>What is known of a running pod.</summary>
public sealed partial record PodStatus
{
    /// <summary>Where the pod is in its life: Pending, Running, Succeeded, Failed or Unknown.</summary>
    [Proto(1), Enum("Failed", "Pending", "Running", "Succeeded", "Unknown")]
    public string? Phase { get; set; }

    /// <summary>Aspects of the pod's state, such as Ready.</summary>
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<PodCondition>? Conditions { get; set; }

    /// <summary>Why the pod is in its phase, in words for people.</summary>
    [Proto(3)]
    public string? Message { get; set; }

    /// <summary>Why the pod is in its phase, in one word.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Address of the node.</summary>
    [Proto(5)]
    public string? HostIP { get; set; }

    /// <summary>Address of the pod.</summary>
    [Proto(6)]
    public string? PodIP { get; set; }

    /// <summary>When the node agent accepted the pod.</summary>
    [Proto(7)]
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>State of each container.</summary>
    [Proto(8), ListType("atomic")]
    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; set; }

    /// <summary>Quality of service that follows from requests and limits: Guaranteed, Burstable or BestEffort.</summary>
    [Proto(9), Enum("BestEffort", "Burstable", "Guaranteed")]
    public string? QosClass { get; set; }

    /// <summary>State of each init container.</summary>
    [Proto(10), ListType("atomic")]
    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; set; }

    /// <summary>Node on which others are evicted for the pod.</summary>
    [Proto(11)]
    public string? NominatedNodeName { get; set; }

    /// <summary>Addresses of the pod, at most one of each family.</summary>
    [Proto(12), ListType("map", "ip"), PatchStrategy("merge", "ip")]
    public IReadOnlyList<PodIP>? PodIPs { get; set; }

    /// <summary>State of each ephemeral container.</summary>
    [Proto(13), ListType("atomic")]
    public IReadOnlyList<ContainerStatus>? EphemeralContainerStatuses { get; set; }

    /// <summary>State of a change of resources in place: Proposed, InProgress, Deferred or Infeasible.</summary>
    [Proto(14)]
    public string? Resize { get; set; }

    /// <summary>Claims that were made for the pod.</summary>
    [Proto(15), ListType("map", "name"), PatchStrategy("merge,retainKeys", "name")]
    public IReadOnlyList<PodResourceClaimStatus>? ResourceClaimStatuses { get; set; }

    /// <summary>Addresses of the node.</summary>
    [Proto(16), ListType("atomic"), PatchStrategy("merge", "ip")]
    public IReadOnlyList<HostIP>? HostIPs { get; set; }
}
