using Platform.Api.Core.V1;

namespace Platform.Api.Discovery.V1;

/// <summary>A part of a service's endpoints.</summary>
[Resource("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice")]
public sealed partial record EndpointSlice : KubernetesObject
{
    /// <summary>The endpoints, at most 1,000.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<Endpoint>? Endpoints { get; set; }

    /// <summary>Their ports. Without any the slice is empty.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<EndpointPort>? Ports { get; set; }

    /// <summary>IPv4, IPv6 or FQDN. Cannot be changed.</summary>
    [Proto(4), Required, Enum("FQDN", "IPv4", "IPv6")]
    public string? AddressType { get; set; }
}

/// <summary>Where a service is answered.</summary>
public sealed partial record Endpoint
{
    /// <summary>Addresses that can be used for one another.</summary>
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Addresses { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(2)]
    public EndpointConditions? Conditions { get; set; }

    /// <summary>Host name.</summary>
    [Proto(3)]
    public string? Hostname { get; set; }

    /// <summary>Object behind it, such as a pod.</summary>
    [Proto(4)]
    public ObjectReference? TargetRef { get; set; }

    /// <summary>Deprecated: labels of its place.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string>? DeprecatedTopology { get; set; }

    /// <summary>Node on which it runs.</summary>
    [Proto(6)]
    public string? NodeName { get; set; }

    /// <summary>Zone in which it runs.</summary>
    [Proto(7)]
    public string? Zone { get; set; }

    /// <summary>For whom it is meant.</summary>
    [Proto(8)]
    public EndpointHints? Hints { get; set; }
}

/// <summary>State of an endpoint.</summary>
public sealed partial record EndpointConditions
{
    /// <summary>Whether it should get traffic; not known counts as yes.</summary>
    [Proto(1)]
    public bool? Ready { get; set; }

    /// <summary>The same, but also while it is being ended.</summary>
    [Proto(2)]
    public bool? Serving { get; set; }

    /// <summary>Whether it is being ended.</summary>
    [Proto(3)]
    public bool? Terminating { get; set; }
}

/// <summary>For whom an endpoint is meant.</summary>
public sealed partial record EndpointHints
{
    /// <summary>Zones whose clients should use it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ForZone>? ForZones { get; set; }
}

/// <summary>A port of endpoints.</summary>
[MapType("atomic")]
public sealed partial record EndpointPort
{
    /// <summary>Name, the same as that of the service's port.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Transport protocol: TCP, UDP or SCTP.</summary>
    [Proto(2), Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(3)]
    public int? Port { get; set; }

    /// <summary>Application protocol spoken on this port, as a hint to proxies.</summary>
    [Proto(4)]
    public string? AppProtocol { get; set; }
}

/// <summary>A zone.</summary>
public sealed partial record ForZone
{
    /// <summary>Its name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}
