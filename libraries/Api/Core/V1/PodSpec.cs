namespace Platform.Api.Core.V1;

/// <summary>A line of the pod's hosts file.</summary>
public sealed partial record HostAlias
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }

    /// <summary>Names that resolve to the address.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Hostnames { get; set; }
}

/// <summary>Resolver settings of a pod, besides those of its policy.</summary>
public sealed partial record PodDNSConfig
{
    /// <summary>Addresses of DNS servers.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Nameservers { get; set; }

    /// <summary>Domains that are tried for short names.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Searches { get; set; }

    /// <summary>Options of the resolver.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<PodDNSConfigOption>? Options { get; set; }
}

/// <summary>Operating system of a pod.</summary>
public sealed partial record PodOS
{
    /// <summary>linux or windows.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>A condition that must be True for the pod to be ready.</summary>
public sealed partial record PodReadinessGate
{
    /// <summary>Type of the condition.</summary>
    [Proto(1), Required]
    public string? ConditionType { get; set; }
}

/// <summary>A claim for devices that a pod's containers can use. Exactly one source is set.</summary>
public sealed partial record PodResourceClaim
{
    /// <summary>Name within the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Name of an existing claim.</summary>
    [Proto(3)]
    public string? ResourceClaimName { get; set; }

    /// <summary>Name of a template from which a claim is made with the pod.</summary>
    [Proto(4)]
    public string? ResourceClaimTemplateName { get; set; }
}

/// <summary>Keeps a pod from being scheduled until it is removed.</summary>
public sealed partial record PodSchedulingGate
{
    /// <summary>Name of the gate.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>What a pod is to run, and how.</summary>
public sealed partial record PodSpec
{
    /// <summary>Volumes that containers can mount.</summary>
    [Proto(1), ListType("map", "name"), PatchStrategy("merge,retainKeys", "name")]
    public IReadOnlyList<Volume>? Volumes { get; set; }

    /// <summary>Containers of the pod, at least one; cannot be added or removed later.</summary>
    [Proto(2), Required, ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Container>? Containers { get; set; }

    /// <summary>What happens when a container ends: Always, OnFailure or Never.</summary>
    [Proto(3), Enum("Always", "Never", "OnFailure")]
    public string? RestartPolicy { get; set; }

    /// <summary>How long containers may take to end once they are told to, in seconds.</summary>
    [Proto(4)]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>How long the pod may run in all before it is failed, in seconds.</summary>
    [Proto(5)]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>Where containers resolve names: ClusterFirst, ClusterFirstWithHostNet, Default or None.</summary>
    [Proto(6), Enum("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")]
    public string? DnsPolicy { get; set; }

    /// <summary>Labels that a node must have for the pod to run there.</summary>
    [Proto(7), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

    /// <summary>Service account that the pod acts as.</summary>
    [Proto(8)]
    public string? ServiceAccountName { get; set; }

    /// <summary>Deprecated name of serviceAccountName.</summary>
    [Proto(9)]
    public string? ServiceAccount { get; set; }

    /// <summary>Node that the pod is bound to; filled in by the scheduler.</summary>
    [Proto(10)]
    public string? NodeName { get; set; }

    /// <summary>Whether the containers use the node's network.</summary>
    [Proto(11)]
    public bool? HostNetwork { get; set; }

    /// <summary>Whether the containers see the node's processes.</summary>
    [Proto(12)]
    public bool? HostPID { get; set; }

    /// <summary>Whether the containers use the node's inter-process communication.</summary>
    [Proto(13)]
    public bool? HostIPC { get; set; }

    /// <summary>Security settings for all containers of the pod.</summary>
    [Proto(14)]
    public PodSecurityContext? SecurityContext { get; set; }

    /// <summary>Secrets with credentials for image registries.</summary>
    [Proto(15), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>Host name of the pod; its name unless set.</summary>
    [Proto(16)]
    public string? Hostname { get; set; }

    /// <summary>Subdomain of the pod's full host name.</summary>
    [Proto(17)]
    public string? Subdomain { get; set; }

    /// <summary>Where the pod should and should not be scheduled.</summary>
    [Proto(18)]
    public Affinity? Affinity { get; set; }

    /// <summary>Scheduler that binds the pod.</summary>
    [Proto(19)]
    public string? SchedulerName { get; set; }

    /// <summary>Containers that run one after the other, to their end, before the others start.</summary>
    [Proto(20), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Container>? InitContainers { get; set; }

    /// <summary>Whether a token of the service account is mounted.</summary>
    [Proto(21)]
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>Taints of nodes that the pod puts up with.</summary>
    [Proto(22), ListType("atomic")]
    public IReadOnlyList<Toleration>? Tolerations { get; set; }

    /// <summary>Further entries of the containers' hosts file.</summary>
    [Proto(23), ListType("map", "ip"), PatchStrategy("merge", "ip")]
    public IReadOnlyList<HostAlias>? HostAliases { get; set; }

    /// <summary>Class that gives the pod its priority.</summary>
    [Proto(24)]
    public string? PriorityClassName { get; set; }

    /// <summary>Importance of the pod; filled in from its class.</summary>
    [Proto(25)]
    public int? Priority { get; set; }

    /// <summary>Additions to what the DNS policy gives.</summary>
    [Proto(26)]
    public PodDNSConfig? DnsConfig { get; set; }

    /// <summary>Whether the containers see each other's processes.</summary>
    [Proto(27)]
    public bool? ShareProcessNamespace { get; set; }

    /// <summary>Conditions that must hold, besides ready containers, for the pod to be ready.</summary>
    [Proto(28), ListType("atomic")]
    public IReadOnlyList<PodReadinessGate>? ReadinessGates { get; set; }

    /// <summary>Runtime class that runs the pod.</summary>
    [Proto(29)]
    public string? RuntimeClassName { get; set; }

    /// <summary>Whether variables that describe services are put into the environment.</summary>
    [Proto(30)]
    public bool? EnableServiceLinks { get; set; }

    /// <summary>Whether the pod may evict others: PreemptLowerPriority or Never.</summary>
    [Proto(31), Enum("Never", "PreemptLowerPriority")]
    public string? PreemptionPolicy { get; set; }

    /// <summary>What the runtime itself needs for the pod, added to the containers' requests.</summary>
    [Proto(32)]
    public IReadOnlyDictionary<string, Quantity>? Overhead { get; set; }

    /// <summary>How pods are spread over zones, nodes and the like.</summary>
    [Proto(33), ListType("map", "topologyKey", "whenUnsatisfiable"), PatchStrategy("merge", "topologyKey")]
    public IReadOnlyList<TopologySpreadConstraint>? TopologySpreadConstraints { get; set; }

    /// <summary>Containers added to the running pod for debugging.</summary>
    [Proto(34), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EphemeralContainer>? EphemeralContainers { get; set; }

    /// <summary>Whether the full name is the host name.</summary>
    [Proto(35)]
    public bool? SetHostnameAsFQDN { get; set; }

    /// <summary>Operating system that the pod needs.</summary>
    [Proto(36)]
    public PodOS? Os { get; set; }

    /// <summary>Whether the node's user namespace is used.</summary>
    [Proto(37)]
    public bool? HostUsers { get; set; }

    /// <summary>What must be lifted before the scheduler considers the pod.</summary>
    [Proto(38), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<PodSchedulingGate>? SchedulingGates { get; set; }

    /// <summary>Claims of devices that must be allocated before the pod starts.</summary>
    [Proto(39), ListType("map", "name"), PatchStrategy("merge,retainKeys", "name")]
    public IReadOnlyList<PodResourceClaim>? ResourceClaims { get; set; }

    /// <summary>Resources of the pod as a whole.</summary>
    [Proto(40)]
    public ResourceRequirements? Resources { get; set; }
}
