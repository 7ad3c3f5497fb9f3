namespace Platform.Api.Core.V1;

/// <summary>Addresses behind a service.</summary>
[Resource("", "v1", "endpoints", "Endpoints", ShortNames = ["ep"])]
public sealed partial record Endpoints : KubernetesObject
{
    /// <summary>Addresses that share their ports.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointSubset>? Subsets { get; set; }
}

[MapType("atomic")]
public sealed partial record EndpointAddress
{
    /// <summary>IP address.</summary>
    [Proto(1), Required]
    public string? Ip { get; set; }

    [Proto(2)]
    public ObjectReference? TargetRef { get; set; }

    /// <summary>Host name.</summary>
    [Proto(3)]
    public string? Hostname { get; set; }

    [Proto(4)]
    public string? NodeName { get; set; }
}

[MapType("atomic")]
public sealed partial record EndpointPort
{
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

public sealed partial record EndpointSubset
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? Addresses { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<EndpointAddress>? NotReadyAddresses { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<EndpointPort>? Ports { get; set; }
}
