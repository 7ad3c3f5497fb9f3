using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

[Resource("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", ShortNames = ["netpol"])]
public sealed partial record NetworkPolicy : KubernetesObject
{
    [Proto(2)]
    public NetworkPolicySpec? Spec { get; set; }
}

public sealed partial record IPBlock
{
    [Proto(1), Required]
    public string? Cidr { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Except { get; set; }
}

public sealed partial record NetworkPolicyEgressRule
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPort>? Ports { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPeer>? To { get; set; }
}

public sealed partial record NetworkPolicyIngressRule
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPort>? Ports { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPeer>? From { get; set; }
}

public sealed partial record NetworkPolicyPeer
{
    [Proto(1)]
    public LabelSelector? PodSelector { get; set; }

    [Proto(2)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Proto(3)]
    public IPBlock? IpBlock { get; set; }
}

public sealed partial record NetworkPolicyPort
{
    [Proto(1)]
    public string? Protocol { get; set; }

    [Proto(2)]
    public IntOrString? Port { get; set; }

    [Proto(3)]
    public int? EndPort { get; set; }
}

public sealed partial record NetworkPolicySpec
{
    [Proto(1), Required]
    public LabelSelector? PodSelector { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyIngressRule>? Ingress { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyEgressRule>? Egress { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? PolicyTypes { get; set; }
}
