using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Service.</summary>
[Resource("", "v1", "services", "Service", ShortNames = ["svc"], Categories = ["all"])]
[Subresource("proxy", Kind = "ServiceProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Service : KubernetesObject
{
    /// <summary>spec.</summary>
    [Proto(2)]
    public ServiceSpec? Spec { get; set; }

    /// <summary>status.</summary>
    [Proto(3)]
    public ServiceStatus? Status { get; set; }
}

/// <summary>ClientIPConfig.</summary>
public sealed partial record ClientIPConfig
{
    /// <summary>timeoutSeconds.</summary>
    [Proto(1)]
    public int? TimeoutSeconds { get; set; }
}

/// <summary>LoadBalancerIngress.</summary>
public sealed partial record LoadBalancerIngress
{
    /// <summary>ip.</summary>
    [Proto(1)]
    public string? Ip { get; set; }

    /// <summary>hostname.</summary>
    [Proto(2)]
    public string? Hostname { get; set; }

    /// <summary>ipMode.</summary>
    [Proto(3)]
    public string? IpMode { get; set; }

    /// <summary>ports.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PortStatus>? Ports { get; set; }
}

/// <summary>LoadBalancerStatus.</summary>
public sealed partial record LoadBalancerStatus
{
    /// <summary>ingress.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<LoadBalancerIngress>? Ingress { get; set; }
}

/// <summary>PortStatus.</summary>
public sealed partial record PortStatus
{
    /// <summary>port.</summary>
    [Proto(1), Required]
    public int? Port { get; set; }

    /// <summary>protocol.</summary>
    [Proto(2), Required]
    public string? Protocol { get; set; }

    /// <summary>error.</summary>
    [Proto(3)]
    public string? Error { get; set; }
}

/// <summary>ServicePort.</summary>
public sealed partial record ServicePort
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>protocol.</summary>
    [Proto(2), Default("TCP")]
    public string? Protocol { get; set; }

    /// <summary>port.</summary>
    [Proto(3), Required]
    public int? Port { get; set; }

    /// <summary>targetPort.</summary>
    [Proto(4)]
    public IntOrString? TargetPort { get; set; }

    /// <summary>nodePort.</summary>
    [Proto(5)]
    public int? NodePort { get; set; }

    /// <summary>appProtocol.</summary>
    [Proto(6)]
    public string? AppProtocol { get; set; }
}

/// <summary>ServiceSpec.</summary>
public sealed partial record ServiceSpec
{
    /// <summary>ports.</summary>
    [Proto(1), ListType("map", "port", "protocol"), PatchStrategy("merge", "port")]
    public IReadOnlyList<ServicePort>? Ports { get; set; }

    /// <summary>selector.</summary>
    [Proto(2), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? Selector { get; set; }

    /// <summary>clusterIP.</summary>
    [Proto(3)]
    public string? ClusterIP { get; set; }

    /// <summary>type.</summary>
    [Proto(4)]
    public string? Type { get; set; }

    /// <summary>externalIPs.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? ExternalIPs { get; set; }

    /// <summary>sessionAffinity.</summary>
    [Proto(7)]
    public string? SessionAffinity { get; set; }

    /// <summary>loadBalancerIP.</summary>
    [Proto(8)]
    public string? LoadBalancerIP { get; set; }

    /// <summary>loadBalancerSourceRanges.</summary>
    [Proto(9), ListType("atomic")]
    public IReadOnlyList<string>? LoadBalancerSourceRanges { get; set; }

    /// <summary>externalName.</summary>
    [Proto(10)]
    public string? ExternalName { get; set; }

    /// <summary>externalTrafficPolicy.</summary>
    [Proto(11)]
    public string? ExternalTrafficPolicy { get; set; }

    /// <summary>healthCheckNodePort.</summary>
    [Proto(12)]
    public int? HealthCheckNodePort { get; set; }

    /// <summary>publishNotReadyAddresses.</summary>
    [Proto(13)]
    public bool? PublishNotReadyAddresses { get; set; }

    /// <summary>sessionAffinityConfig.</summary>
    [Proto(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; set; }

    /// <summary>ipFamilyPolicy.</summary>
    [Proto(17)]
    public string? IpFamilyPolicy { get; set; }

    /// <summary>clusterIPs.</summary>
    [Proto(18), ListType("atomic")]
    public IReadOnlyList<string>? ClusterIPs { get; set; }

    /// <summary>ipFamilies.</summary>
    [Proto(19), ListType("atomic")]
    public IReadOnlyList<string>? IpFamilies { get; set; }

    /// <summary>allocateLoadBalancerNodePorts.</summary>
    [Proto(20)]
    public bool? AllocateLoadBalancerNodePorts { get; set; }

    /// <summary>loadBalancerClass.</summary>
    [Proto(21)]
    public string? LoadBalancerClass { get; set; }

    /// <summary>internalTrafficPolicy.</summary>
    [Proto(22)]
    public string? InternalTrafficPolicy { get; set; }

    /// <summary>trafficDistribution.</summary>
    [Proto(23)]
    public string? TrafficDistribution { get; set; }
}

/// <summary>ServiceStatus.</summary>
public sealed partial record ServiceStatus
{
    /// <summary>loadBalancer.</summary>
    [Proto(1)]
    public LoadBalancerStatus? LoadBalancer { get; set; }

    /// <summary>conditions.</summary>
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}
