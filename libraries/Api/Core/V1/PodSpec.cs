namespace Platform.Api.Core.V1;

/// <summary>HostAlias.</summary>
public sealed partial record HostAlias
{
    /// <summary>ip.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }

    /// <summary>hostnames.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Hostnames { get; set; }
}

/// <summary>PodDNSConfig.</summary>
public sealed partial record PodDNSConfig
{
    /// <summary>nameservers.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Nameservers { get; set; }

    /// <summary>searches.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Searches { get; set; }

    /// <summary>options.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<PodDNSConfigOption>? Options { get; set; }
}

/// <summary>PodOS.</summary>
public sealed partial record PodOS
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>PodReadinessGate.</summary>
public sealed partial record PodReadinessGate
{
    /// <summary>conditionType.</summary>
    [Proto(1), Required]
    public string? ConditionType { get; set; }
}

/// <summary>PodResourceClaim.</summary>
public sealed partial record PodResourceClaim
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>resourceClaimName.</summary>
    [Proto(3)]
    public string? ResourceClaimName { get; set; }

    /// <summary>resourceClaimTemplateName.</summary>
    [Proto(4)]
    public string? ResourceClaimTemplateName { get; set; }
}

/// <summary>PodSchedulingGate.</summary>
public sealed partial record PodSchedulingGate
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>PodSpec.</summary>
public sealed partial record PodSpec
{
    /// <summary>volumes.</summary>
    [Proto(1), ListType("map", "name"), PatchStrategy("merge,retainKeys", "name")]
    public IReadOnlyList<Volume>? Volumes { get; set; }

    /// <summary>containers.</summary>
    [Proto(2), Required, ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Container>? Containers { get; set; }

    /// <summary>restartPolicy.</summary>
    [Proto(3)]
    public string? RestartPolicy { get; set; }

    /// <summary>terminationGracePeriodSeconds.</summary>
    [Proto(4)]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>activeDeadlineSeconds.</summary>
    [Proto(5)]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>dnsPolicy.</summary>
    [Proto(6)]
    public string? DnsPolicy { get; set; }

    /// <summary>nodeSelector.</summary>
    [Proto(7), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

    /// <summary>serviceAccountName.</summary>
    [Proto(8)]
    public string? ServiceAccountName { get; set; }

    /// <summary>serviceAccount.</summary>
    [Proto(9)]
    public string? ServiceAccount { get; set; }

    /// <summary>nodeName.</summary>
    [Proto(10)]
    public string? NodeName { get; set; }

    /// <summary>hostNetwork.</summary>
    [Proto(11)]
    public bool? HostNetwork { get; set; }

    /// <summary>hostPID.</summary>
    [Proto(12)]
    public bool? HostPID { get; set; }

    /// <summary>hostIPC.</summary>
    [Proto(13)]
    public bool? HostIPC { get; set; }

    /// <summary>securityContext.</summary>
    [Proto(14)]
    public PodSecurityContext? SecurityContext { get; set; }

    /// <summary>imagePullSecrets.</summary>
    [Proto(15), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>hostname.</summary>
    [Proto(16)]
    public string? Hostname { get; set; }

    /// <summary>subdomain.</summary>
    [Proto(17)]
    public string? Subdomain { get; set; }

    /// <summary>affinity.</summary>
    [Proto(18)]
    public Affinity? Affinity { get; set; }

    /// <summary>schedulerName.</summary>
    [Proto(19)]
    public string? SchedulerName { get; set; }

    /// <summary>initContainers.</summary>
    [Proto(20), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Container>? InitContainers { get; set; }

    /// <summary>automountServiceAccountToken.</summary>
    [Proto(21)]
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>tolerations.</summary>
    [Proto(22), ListType("atomic")]
    public IReadOnlyList<Toleration>? Tolerations { get; set; }

    /// <summary>hostAliases.</summary>
    [Proto(23), ListType("map", "ip"), PatchStrategy("merge", "ip")]
    public IReadOnlyList<HostAlias>? HostAliases { get; set; }

    /// <summary>priorityClassName.</summary>
    [Proto(24)]
    public string? PriorityClassName { get; set; }

    /// <summary>priority.</summary>
    [Proto(25)]
    public int? Priority { get; set; }

    /// <summary>dnsConfig.</summary>
    [Proto(26)]
    public PodDNSConfig? DnsConfig { get; set; }

    /// <summary>shareProcessNamespace.</summary>
    [Proto(27)]
    public bool? ShareProcessNamespace { get; set; }

    /// <summary>readinessGates.</summary>
    [Proto(28), ListType("atomic")]
    public IReadOnlyList<PodReadinessGate>? ReadinessGates { get; set; }

    /// <summary>runtimeClassName.</summary>
    [Proto(29)]
    public string? RuntimeClassName { get; set; }

    /// <summary>enableServiceLinks.</summary>
    [Proto(30)]
    public bool? EnableServiceLinks { get; set; }

    /// <summary>preemptionPolicy.</summary>
    [Proto(31)]
    public string? PreemptionPolicy { get; set; }

    /// <summary>overhead.</summary>
    [Proto(32)]
    public IReadOnlyDictionary<string, Quantity>? Overhead { get; set; }

    /// <summary>topologySpreadConstraints.</summary>
    [Proto(33), ListType("map", "topologyKey", "whenUnsatisfiable"), PatchStrategy("merge", "topologyKey")]
    public IReadOnlyList<TopologySpreadConstraint>? TopologySpreadConstraints { get; set; }

    /// <summary>ephemeralContainers.</summary>
    [Proto(34), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EphemeralContainer>? EphemeralContainers { get; set; }

    /// <summary>setHostnameAsFQDN.</summary>
    [Proto(35)]
    public bool? SetHostnameAsFQDN { get; set; }

    /// <summary>os.</summary>
    [Proto(36)]
    public PodOS? Os { get; set; }

    /// <summary>hostUsers.</summary>
    [Proto(37)]
    public bool? HostUsers { get; set; }

    /// <summary>schedulingGates.</summary>
    [Proto(38), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<PodSchedulingGate>? SchedulingGates { get; set; }

    /// <summary>resourceClaims.</summary>
    [Proto(39), ListType("map", "name"), PatchStrategy("merge,retainKeys", "name")]
    public IReadOnlyList<PodResourceClaim>? ResourceClaims { get; set; }

    /// <summary>resources.</summary>
    [Proto(40)]
    public ResourceRequirements? Resources { get; set; }
}
