namespace Platform.Api.Core.V1;

/// <summary>Addresses behind a service.</summary>
[Resource("", "v1", "endpoints", "Endpoints", ShortNames = ["ep"])]
public sealed partial record Endpoints : KubernetesObject
{
    /// <summary>Addresses that share their ports.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointSubset>? Subsets { get; set; }
}

/// <summary>EndpointAddress.</summary>
[MapType("atomic")]
public sealed partial record EndpointAddress
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }

    /// <summary>targetRef.</summary>
    [Proto(2)]
    public ObjectReference? TargetRef { get; set; }

    /// <summary>Host name.</summary>
    [Proto(3)]
    public string? Hostname { get; set; }

    /// <summary>nodeName.</summary>
    [Proto(4)]
    public string? NodeName { get; set; }
}

/// <summary>EndpointPort.</summary>
[MapType("atomic")]
public sealed partial record EndpointPort
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(2), Required]
    public int? Port { get; set; }

    /// <summary>Transport protocol: TCP, UDP or SCTP.</summary>
    [Proto(3)]
    public string? Protocol { get; set; }

    /// <summary>Application protocol spoken on this port, as a hint to proxies.</summary>
    [Proto(4)]
    public string? AppProtocol { get; set; }
}

/// <summary>EndpointSubset.</summary>
public sealed partial record EndpointSubset
{
    /// <summary>addresses.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? Addresses { get; set; }

    /// <summary>notReadyAddresses.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? NotReadyAddresses { get; set; }

    /// <summary>ports.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<EndpointPort>? Ports { get; set; }
}
