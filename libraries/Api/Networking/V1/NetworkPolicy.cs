using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

/// <summary>What traffic pods may have. Pods that no policy selects may have all.</summary>
[Resource("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", ShortNames = ["netpol"])]
public sealed partial record NetworkPolicy : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public NetworkPolicySpec? Spec { get; set; }
}

/// <summary>A range of addresses.</summary>
public sealed partial record IPBlock
{
    /// <summary>The range.</summary>
    [Proto(1), Required]
    public string? Cidr { get; set; }

    /// <summary>Ranges within it that are left out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Except { get; set; }
}

/// <summary>Traffic that pods may send.</summary>
public sealed partial record NetworkPolicyEgressRule
{
    /// <summary>Ports; all where empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPort>? Ports { get; set; }

    /// <summary>Peers; all where empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPeer>? To { get; set; }
}

/// <summary>Traffic that pods may get.</summary>
public sealed partial record NetworkPolicyIngressRule
{
    /// <summary>Ports; all where empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPort>? Ports { get; set; }

    /// <summary>Peers; all where empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyPeer>? From { get; set; }
}

/// <summary>Who is at the other end: selectors, or a range of addresses.</summary>
public sealed partial record NetworkPolicyPeer
{
    /// <summary>Pods, in the policy's namespace or in those selected.</summary>
    [Proto(1)]
    public LabelSelector? PodSelector { get; set; }

    /// <summary>Namespaces; empty for all.</summary>
    [Proto(2)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>A range of addresses; excludes the selectors.</summary>
    [Proto(3)]
    public IPBlock? IpBlock { get; set; }
}

/// <summary>A port, or a range of them.</summary>
public sealed partial record NetworkPolicyPort
{
    /// <summary>TCP (default), UDP or SCTP.</summary>
    [Proto(1), Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>Number or name; all where empty.</summary>
    [Proto(2)]
    public IntOrString? Port { get; set; }

    /// <summary>End of the range that begins at port.</summary>
    [Proto(3)]
    public int? EndPort { get; set; }
}

/// <summary>Which pods, and what they may.</summary>
public sealed partial record NetworkPolicySpec
{
    /// <summary>Pods that the policy is for; empty for all of the namespace.</summary>
    [Proto(1), Required]
    public LabelSelector? PodSelector { get; set; }

    /// <summary>Traffic that they may get.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyIngressRule>? Ingress { get; set; }

    /// <summary>Traffic that they may send.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NetworkPolicyEgressRule>? Egress { get; set; }

    /// <summary>Ingress, Egress: which directions the policy limits. From the rules where empty.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? PolicyTypes { get; set; }
}
