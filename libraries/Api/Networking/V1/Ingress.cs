using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

[Resource("networking.k8s.io", "v1", "ingresses", "Ingress", ShortNames = ["ing"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Ingress : KubernetesObject
{
    [Proto(2)]
    public IngressSpec? Spec { get; set; }

    [Proto(3)]
    public IngressStatus? Status { get; set; }
}

public sealed partial record HTTPIngressPath
{
    [Proto(1)]
    public string? Path { get; set; }

    [Proto(2), Required]
    public IngressBackend? Backend { get; set; }

    [Proto(3), Required, NoDefault]
    public string? PathType { get; set; }
}

public sealed partial record HTTPIngressRuleValue
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<HTTPIngressPath>? Paths { get; set; }
}

public sealed partial record IngressBackend
{
    [Proto(3)]
    public TypedLocalObjectReference? Resource { get; set; }

    [Proto(4)]
    public IngressServiceBackend? Service { get; set; }
}

public sealed partial record IngressLoadBalancerIngress
{
    [Proto(1)]
    public string? Ip { get; set; }

    [Proto(2)]
    public string? Hostname { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<IngressPortStatus>? Ports { get; set; }
}

public sealed partial record IngressLoadBalancerStatus
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<IngressLoadBalancerIngress>? Ingress { get; set; }
}

public sealed partial record IngressPortStatus
{
    [Proto(1), Required]
    public int? Port { get; set; }

    [Proto(2), Required]
    public string? Protocol { get; set; }

    [Proto(3)]
    public string? Error { get; set; }
}

public sealed partial record IngressRule
{
    [Proto(1)]
    public string? Host { get; set; }

    public HTTPIngressRuleValue? Http { get; set; }
}

public sealed partial record IngressServiceBackend
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2)]
    public ServiceBackendPort? Port { get; set; }
}

public sealed partial record IngressSpec
{
    [Proto(1)]
    public IngressBackend? DefaultBackend { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<IngressTLS>? Tls { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<IngressRule>? Rules { get; set; }

    [Proto(4)]
    public string? IngressClassName { get; set; }
}

public sealed partial record IngressStatus
{
    [Proto(1)]
    public IngressLoadBalancerStatus? LoadBalancer { get; set; }
}

public sealed partial record IngressTLS
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Hosts { get; set; }

    [Proto(2)]
    public string? SecretName { get; set; }
}

[MapType("atomic")]
public sealed partial record ServiceBackendPort
{
    [Proto(1)]
    public string? Name { get; set; }

    [Proto(2)]
    public int? Number { get; set; }
}
