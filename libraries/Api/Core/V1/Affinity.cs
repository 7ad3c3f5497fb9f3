using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Affinity.</summary>
public sealed partial record Affinity
{
    /// <summary>Rules and preferences about the labels of the node.</summary>
    [Proto(1)]
    public NodeAffinity? NodeAffinity { get; set; }

    /// <summary>Rules that put the pod near others.</summary>
    [Proto(2)]
    public PodAffinity? PodAffinity { get; set; }

    /// <summary>Rules that keep the pod away from others.</summary>
    [Proto(3)]
    public PodAntiAffinity? PodAntiAffinity { get; set; }
}

/// <summary>NodeAffinity.</summary>
public sealed partial record NodeAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PreferredSchedulingTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>NodeSelector.</summary>
[MapType("atomic")]
public sealed partial record NodeSelector
{
    /// <summary>Alternatives; a node that meets any one is selected.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<NodeSelectorTerm>? NodeSelectorTerms { get; set; }
}

/// <summary>NodeSelectorRequirement.</summary>
public sealed partial record NodeSelectorRequirement
{
    /// <summary>key.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2), Required]
    public string? Operator { get; set; }

    /// <summary>Values the key is compared with.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}

/// <summary>NodeSelectorTerm.</summary>
[MapType("atomic")]
public sealed partial record NodeSelectorTerm
{
    /// <summary>Requirements on labels, all of which must hold.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<NodeSelectorRequirement>? MatchExpressions { get; set; }

    /// <summary>Requirements on fields, all of which must hold.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<NodeSelectorRequirement>? MatchFields { get; set; }
}

/// <summary>PodAffinity.</summary>
public sealed partial record PodAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>PodAffinityTerm.</summary>
public sealed partial record PodAffinityTerm
{
    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(1)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>namespaces.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Namespaces { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(3), Required]
    public string? TopologyKey { get; set; }

    /// <summary>namespaceSelector.</summary>
    [Proto(4)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>matchLabelKeys.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }

    /// <summary>mismatchLabelKeys.</summary>
    [Proto(6), ListType("atomic")]
    public IReadOnlyList<string>? MismatchLabelKeys { get; set; }
}

/// <summary>PodAntiAffinity.</summary>
public sealed partial record PodAntiAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>PreferredSchedulingTerm.</summary>
public sealed partial record PreferredSchedulingTerm
{
    /// <summary>weight.</summary>
    [Proto(1), Required]
    public int? Weight { get; set; }

    /// <summary>preference.</summary>
    [Proto(2), Required]
    public NodeSelectorTerm? Preference { get; set; }
}

/// <summary>SessionAffinityConfig.</summary>
public sealed partial record SessionAffinityConfig
{
    /// <summary>clientIP.</summary>
    [Proto(1)]
    public ClientIPConfig? ClientIP { get; set; }
}

/// <summary>Toleration.</summary>
public sealed partial record Toleration
{
    /// <summary>key.</summary>
    [Proto(1)]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2)]
    public string? Operator { get; set; }

    /// <summary>value.</summary>
    [Proto(3)]
    public string? Value { get; set; }

    /// <summary>effect.</summary>
    [Proto(4)]
    public string? Effect { get; set; }

    /// <summary>tolerationSeconds.</summary>
    [Proto(5)]
    public long? TolerationSeconds { get; set; }
}

/// <summary>TopologySpreadConstraint.</summary>
public sealed partial record TopologySpreadConstraint
{
    /// <summary>maxSkew.</summary>
    [Proto(1), Required]
    public int? MaxSkew { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(2), Required]
    public string? TopologyKey { get; set; }

    /// <summary>whenUnsatisfiable.</summary>
    [Proto(3), Required]
    public string? WhenUnsatisfiable { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(4)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>minDomains.</summary>
    [Proto(5)]
    public int? MinDomains { get; set; }

    /// <summary>nodeAffinityPolicy.</summary>
    [Proto(6)]
    public string? NodeAffinityPolicy { get; set; }

    /// <summary>nodeTaintsPolicy.</summary>
    [Proto(7)]
    public string? NodeTaintsPolicy { get; set; }

    /// <summary>matchLabelKeys.</summary>
    [Proto(8), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }
}

/// <summary>WeightedPodAffinityTerm.</summary>
public sealed partial record WeightedPodAffinityTerm
{
    /// <summary>weight.</summary>
    [Proto(1), Required]
    public int? Weight { get; set; }

    /// <summary>podAffinityTerm.</summary>
    [Proto(2), Required]
    public PodAffinityTerm? PodAffinityTerm { get; set; }
}
