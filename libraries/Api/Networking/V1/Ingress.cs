using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

/// <summary>Leads HTTP from outside to services, by host and path.</summary>
[Resource("networking.k8s.io", "v1", "ingresses", "Ingress", ShortNames = ["ing"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Ingress : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public IngressSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public IngressStatus? Status { get; set; }
}

/// <summary>A path and its service.</summary>
public sealed partial record HTTPIngressPath
{
    /// <summary>Path, beginning with /. Needed for Exact and Prefix.</summary>
    [Proto(1)]
    public string? Path { get; set; }

    /// <summary>Where requests go.</summary>
    [Proto(2), Required]
    public IngressBackend? Backend { get; set; }

    /// <summary>Exact, Prefix (by whole elements) or ImplementationSpecific.</summary>
    [Proto(3), Required, NoDefault, Enum("Exact", "ImplementationSpecific", "Prefix")]
    public string? PathType { get; set; }
}

/// <summary>Paths of a host.</summary>
public sealed partial record HTTPIngressRuleValue
{
    /// <summary>The paths; the longest that matches holds.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<HTTPIngressPath>? Paths { get; set; }
}

/// <summary>Where requests go; exactly one is set.</summary>
public sealed partial record IngressBackend
{
    /// <summary>An object of any kind in the same namespace.</summary>
    [Proto(3)]
    public TypedLocalObjectReference? Resource { get; set; }

    /// <summary>A service in the same namespace.</summary>
    [Proto(4)]
    public IngressServiceBackend? Service { get; set; }
}

/// <summary>Where traffic is taken.</summary>
public sealed partial record IngressLoadBalancerIngress
{
    /// <summary>Address.</summary>
    [Proto(1)]
    public string? Ip { get; set; }

    /// <summary>Host name.</summary>
    [Proto(2)]
    public string? Hostname { get; set; }

    /// <summary>State of its ports.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<IngressPortStatus>? Ports { get; set; }
}

/// <summary>Where an ingress is reached.</summary>
public sealed partial record IngressLoadBalancerStatus
{
    /// <summary>The addresses.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<IngressLoadBalancerIngress>? Ingress { get; set; }
}

/// <summary>State of a port.</summary>
public sealed partial record IngressPortStatus
{
    /// <summary>Number of the port.</summary>
    [Proto(1), Required]
    public int? Port { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Proto(2), Required, Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>What is wrong with it, in CamelCase.</summary>
    [Proto(3)]
    public string? Error { get; set; }
}

/// <summary>Rules of a host.</summary>
public sealed partial record IngressRule
{
    /// <summary>Host name, with * as its first label for all below; any where empty.</summary>
    [Proto(1)]
    public string? Host { get; set; }

    /// <summary>Paths.</summary>
    public HTTPIngressRuleValue? Http { get; set; }
}

/// <summary>A service as backend.</summary>
public sealed partial record IngressServiceBackend
{
    /// <summary>Name of the service.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Its port.</summary>
    [Proto(2)]
    public ServiceBackendPort? Port { get; set; }
}

/// <summary>Rules of an ingress.</summary>
public sealed partial record IngressSpec
{
    /// <summary>Where requests go that no rule matches.</summary>
    [Proto(1)]
    public IngressBackend? DefaultBackend { get; set; }

    /// <summary>Certificates by host.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<IngressTLS>? Tls { get; set; }

    /// <summary>Rules by host.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<IngressRule>? Rules { get; set; }

    /// <summary>Class, which says who looks after the ingress; the default class where empty.</summary>
    [Proto(4)]
    public string? IngressClassName { get; set; }
}

/// <summary>State of an ingress.</summary>
public sealed partial record IngressStatus
{
    /// <summary>Where it is reached.</summary>
    [Proto(1)]
    public IngressLoadBalancerStatus? LoadBalancer { get; set; }
}

/// <summary>A certificate and its hosts.</summary>
public sealed partial record IngressTLS
{
    /// <summary>Hosts that the certificate is for.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Hosts { get; set; }

    /// <summary>Secret of type kubernetes.io/tls with it.</summary>
    [Proto(2)]
    public string? SecretName { get; set; }
}

/// <summary>A port of a service; name or number.</summary>
[MapType("atomic")]
public sealed partial record ServiceBackendPort
{
    /// <summary>Name of the port; excludes the number.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Number of the port; excludes the name.</summary>
    [Proto(2)]
    public int? Number { get; set; }
}
