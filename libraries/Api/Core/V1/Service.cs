using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>A stable address for a changing set of pods.</summary>
[Resource("", "v1", "services", "Service", ShortNames = ["svc"], Categories = ["all"])]
[Subresource("proxy", Kind = "ServiceProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Service : KubernetesObject
{
    /// <summary>What the service offers, and to whom it leads.</summary>
    [Proto(2)]
    public ServiceSpec? Spec { get; set; }

    /// <summary>What the load balancer reported.</summary>
    [Proto(3)]
    public ServiceStatus? Status { get; set; }
}

/// <summary>Session affinity by the client's address.</summary>
public sealed partial record ClientIPConfig
{
    /// <summary>Seconds for which a client stays with its endpoint, up to 86400. Default 10800.</summary>
    [Proto(1)]
    public int? TimeoutSeconds { get; set; }
}

/// <summary>Where a load balancer takes traffic.</summary>
public sealed partial record LoadBalancerIngress
{
    /// <summary>IP address.</summary>
    [Proto(1)]
    public string? Ip { get; set; }

    /// <summary>Host name.</summary>
    [Proto(2)]
    public string? Hostname { get; set; }

    /// <summary>VIP: traffic arrives with the balancer's address. Proxy: with the node's or pod's.</summary>
    [Proto(3)]
    public string? IpMode { get; set; }

    /// <summary>State of its ports.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PortStatus>? Ports { get; set; }
}

/// <summary>State of a load balancer.</summary>
public sealed partial record LoadBalancerStatus
{
    /// <summary>Where it takes traffic.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<LoadBalancerIngress>? Ingress { get; set; }
}

/// <summary>State of a port.</summary>
public sealed partial record PortStatus
{
    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(1), Required]
    public int? Port { get; set; }

    /// <summary>Transport protocol: TCP, UDP or SCTP.</summary>
    [Proto(2), Required, Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>What is wrong with it, in CamelCase.</summary>
    [Proto(3)]
    public string? Error { get; set; }
}

/// <summary>A port of a service.</summary>
public sealed partial record ServicePort
{
    /// <summary>Name of the port; needed where there are several.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Proto(2), Default("TCP"), Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>Port of the service.</summary>
    [Proto(3), Required]
    public int? Port { get; set; }

    /// <summary>Port of the pods, by number or name.</summary>
    [Proto(4)]
    public IntOrString? TargetPort { get; set; }

    /// <summary>Port on every node.</summary>
    [Proto(5)]
    public int? NodePort { get; set; }

    /// <summary>Protocol spoken on the port, as a hint.</summary>
    [Proto(6)]
    public string? AppProtocol { get; set; }
}

/// <summary>What a service offers.</summary>
public sealed partial record ServiceSpec
{
    /// <summary>Ports of the service.</summary>
    [Proto(1), ListType("map", "port", "protocol"), PatchStrategy("merge", "port")]
    public IReadOnlyList<ServicePort>? Ports { get; set; }

    /// <summary>Labels of the pods behind the service.</summary>
    [Proto(2), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? Selector { get; set; }

    /// <summary>Address within the cluster; None for a service without one.</summary>
    [Proto(3)]
    public string? ClusterIP { get; set; }

    /// <summary>How the service is reached: ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    [Proto(4), Enum("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")]
    public string? Type { get; set; }

    /// <summary>Addresses outside of the platform's control for which nodes accept traffic.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? ExternalIPs { get; set; }

    /// <summary>ClientIP, where a client stays with its pod, or None.</summary>
    [Proto(7), Enum("ClientIP", "None")]
    public string? SessionAffinity { get; set; }

    /// <summary>Wanted address of the load balancer. Deprecated: depends on the provider.</summary>
    [Proto(8)]
    public string? LoadBalancerIP { get; set; }

    /// <summary>Ranges of clients that the load balancer lets through.</summary>
    [Proto(9), ListType("atomic")]
    public IReadOnlyList<string>? LoadBalancerSourceRanges { get; set; }

    /// <summary>Name that the service is an alias of.</summary>
    [Proto(10)]
    public string? ExternalName { get; set; }

    /// <summary>Whether traffic from outside stays on its node: Cluster or Local.</summary>
    [Proto(11), Enum("Cluster", "Local")]
    public string? ExternalTrafficPolicy { get; set; }

    /// <summary>Port on which nodes tell the load balancer whether they have endpoints.</summary>
    [Proto(12)]
    public int? HealthCheckNodePort { get; set; }

    /// <summary>Whether pods that are not ready are included.</summary>
    [Proto(13)]
    public bool? PublishNotReadyAddresses { get; set; }

    /// <summary>How long affinity lasts.</summary>
    [Proto(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; set; }

    /// <summary>SingleStack, PreferDualStack or RequireDualStack.</summary>
    [Proto(17), Enum("PreferDualStack", "RequireDualStack", "SingleStack")]
    public string? IpFamilyPolicy { get; set; }

    /// <summary>Addresses within the cluster, one of each family.</summary>
    [Proto(18), ListType("atomic")]
    public IReadOnlyList<string>? ClusterIPs { get; set; }

    /// <summary>IPv4, IPv6 or both.</summary>
    [Proto(19), ListType("atomic")]
    public IReadOnlyList<string>? IpFamilies { get; set; }

    /// <summary>Whether a load balancer's service gets node ports. Default true.</summary>
    [Proto(20)]
    public bool? AllocateLoadBalancerNodePorts { get; set; }

    /// <summary>Which implementation is to provide the load balancer.</summary>
    [Proto(21)]
    public string? LoadBalancerClass { get; set; }

    /// <summary>Whether traffic from within stays on its node: Cluster or Local.</summary>
    [Proto(22), Enum("Cluster", "Local")]
    public string? InternalTrafficPolicy { get; set; }

    /// <summary>Preference for endpoints: PreferClose for those in the client's zone.</summary>
    [Proto(23)]
    public string? TrafficDistribution { get; set; }
}

/// <summary>State of a service.</summary>
public sealed partial record ServiceStatus
{
    /// <summary>State of its load balancer.</summary>
    [Proto(1)]
    public LoadBalancerStatus? LoadBalancer { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}
