namespace Platform.Api.Core.V1;

/// <summary>Addresses behind a service.</summary>
[Resource("", "v1", "endpoints", "Endpoints", ShortNames = ["ep"])]
public sealed partial record Endpoints : KubernetesObject
{
    /// <summary>Addresses that share their ports.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointSubset>? Subsets { get; set; }
}

/// <summary>Where an endpoint is reached.</summary>
[MapType("atomic")]
public sealed partial record EndpointAddress
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }

    /// <summary>Object behind it, such as a pod.</summary>
    [Proto(2)]
    public ObjectReference? TargetRef { get; set; }

    /// <summary>Host name.</summary>
    [Proto(3)]
    public string? Hostname { get; set; }

    /// <summary>Node on which it runs.</summary>
    [Proto(4)]
    public string? NodeName { get; set; }
}

/// <summary>A port of endpoints.</summary>
[MapType("atomic")]
public sealed partial record EndpointPort
{
    /// <summary>Name, the same as that of the service's port.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(2), Required]
    public int? Port { get; set; }

    /// <summary>Transport protocol: TCP, UDP or SCTP.</summary>
    [Proto(3), Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>Application protocol spoken on this port, as a hint to proxies.</summary>
    [Proto(4)]
    public string? AppProtocol { get; set; }
}

/// <summary>Addresses that share ports.</summary>
public sealed partial record EndpointSubset
{
    /// <summary>Addresses that are ready.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? Addresses { get; set; }

    /// <summary>Addresses that are not ready.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? NotReadyAddresses { get; set; }

    /// <summary>Their ports.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<EndpointPort>? Ports { get; set; }
}
