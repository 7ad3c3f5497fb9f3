using Platform.Api.Core.V1;

namespace Platform.Api.Discovery.V1;

[Resource("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice")]
public sealed partial record EndpointSlice : KubernetesObject
{
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<Endpoint>? Endpoints { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<EndpointPort>? Ports { get; set; }

    [Proto(4), Required]
    public string? AddressType { get; set; }
}

public sealed partial record Endpoint
{
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Addresses { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(2)]
    public EndpointConditions? Conditions { get; set; }

    /// <summary>Host name.</summary>
    [Proto(3)]
    public string? Hostname { get; set; }

    [Proto(4)]
    public ObjectReference? TargetRef { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, string>? DeprecatedTopology { get; set; }

    [Proto(6)]
    public string? NodeName { get; set; }

    [Proto(7)]
    public string? Zone { get; set; }

    [Proto(8)]
    public EndpointHints? Hints { get; set; }
}

public sealed partial record EndpointConditions
{
    [Proto(1)]
    public bool? Ready { get; set; }

    [Proto(2)]
    public bool? Serving { get; set; }

    [Proto(3)]
    public bool? Terminating { get; set; }
}

public sealed partial record EndpointHints
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ForZone>? ForZones { get; set; }
}

[MapType("atomic")]
public sealed partial record EndpointPort
{
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Transport protocol: TCP, UDP or SCTP.</summary>
    [Proto(2)]
    public string? Protocol { get; set; }

    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(3)]
    public int? Port { get; set; }

    /// <summary>Application protocol spoken on this port, as a hint to proxies.</summary>
    [Proto(4)]
    public string? AppProtocol { get; set; }
}

public sealed partial record ForZone
{
    [Proto(1), Required]
    public string? Name { get; set; }
}
