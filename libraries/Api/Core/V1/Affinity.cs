using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

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

public sealed partial record NodeAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PreferredSchedulingTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

[MapType("atomic")]
public sealed partial record NodeSelector
{
    /// <summary>Alternatives; a node that meets any one is selected.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<NodeSelectorTerm>? NodeSelectorTerms { get; set; }
}

public sealed partial record NodeSelectorRequirement
{
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2), Required]
    public string? Operator { get; set; }

    /// <summary>Values the key is compared with.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}

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

public sealed partial record PodAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

public sealed partial record PodAffinityTerm
{
    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(1)]
    public LabelSelector? LabelSelector { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Namespaces { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(3), Required]
    public string? TopologyKey { get; set; }

    [Proto(4)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }

    [Proto(6), ListType("atomic")]
    public IReadOnlyList<string>? MismatchLabelKeys { get; set; }
}

public sealed partial record PodAntiAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

public sealed partial record PreferredSchedulingTerm
{
    [Proto(1), Required]
    public int? Weight { get; set; }

    [Proto(2), Required]
    public NodeSelectorTerm? Preference { get; set; }
}

public sealed partial record SessionAffinityConfig
{
    [Proto(1)]
    public ClientIPConfig? ClientIP { get; set; }
}

public sealed partial record Toleration
{
    [Proto(1)]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2)]
    public string? Operator { get; set; }

    [Proto(3)]
    public string? Value { get; set; }

    [Proto(4)]
    public string? Effect { get; set; }

    [Proto(5)]
    public long? TolerationSeconds { get; set; }
}

public sealed partial record TopologySpreadConstraint
{
    [Proto(1), Required]
    public int? MaxSkew { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(2), Required]
    public string? TopologyKey { get; set; }

    [Proto(3), Required]
    public string? WhenUnsatisfiable { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(4)]
    public LabelSelector? LabelSelector { get; set; }

    [Proto(5)]
    public int? MinDomains { get; set; }

    [Proto(6)]
    public string? NodeAffinityPolicy { get; set; }

    [Proto(7)]
    public string? NodeTaintsPolicy { get; set; }

    [Proto(8), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }
}

public sealed partial record WeightedPodAffinityTerm
{
    [Proto(1), Required]
    public int? Weight { get; set; }

    [Proto(2), Required]
    public PodAffinityTerm? PodAffinityTerm { get; set; }
}
