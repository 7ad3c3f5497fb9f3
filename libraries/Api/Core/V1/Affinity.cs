using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Where a pod is drawn to or kept from.</summary>
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

/// <summary>Draws a pod to nodes by their labels.</summary>
public sealed partial record NodeAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<PreferredSchedulingTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>Selects nodes; one of its terms must match.</summary>
[MapType("atomic")]
public sealed partial record NodeSelector
{
    /// <summary>Alternatives; a node that meets any one is selected.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<NodeSelectorTerm>? NodeSelectorTerms { get; set; }
}

/// <summary>A requirement on a label or field of a node.</summary>
public sealed partial record NodeSelectorRequirement
{
    /// <summary>Label or field.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2), Required, Enum("DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn")]
    public string? Operator { get; set; }

    /// <summary>Values the key is compared with.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Values { get; set; }
}

/// <summary>Requirements that must all hold. An empty term matches nothing.</summary>
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

/// <summary>Draws a pod to where certain other pods run.</summary>
public sealed partial record PodAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>Other pods, and the domain within which nearness is meant.</summary>
public sealed partial record PodAffinityTerm
{
    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(1)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Namespaces of the other pods, besides those that the selector matches; the pod's own where both are empty.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Namespaces { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(3), Required]
    public string? TopologyKey { get; set; }

    /// <summary>Labels of the namespaces of the other pods; empty matches all.</summary>
    [Proto(4)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Label keys whose values, taken from the pod that is being placed, narrow down which pods are counted.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }

    /// <summary>Label keys whose values, taken from the pod that is being placed, the other pods must not have.</summary>
    [Proto(6), ListType("atomic")]
    public IReadOnlyList<string>? MismatchLabelKeys { get; set; }
}

/// <summary>Keeps a pod from where certain other pods run.</summary>
public sealed partial record PodAntiAffinity
{
    /// <summary>Rules a node has to meet when the pod is placed; later changes do not evict it.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Weighted preferences: they raise a node's score but rule none out.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>A preference for nodes, with its weight.</summary>
public sealed partial record PreferredSchedulingTerm
{
    /// <summary>Weight, 1 to 100.</summary>
    [Proto(1), Required]
    public int? Weight { get; set; }

    /// <summary>The nodes.</summary>
    [Proto(2), Required]
    public NodeSelectorTerm? Preference { get; set; }
}

/// <summary>Settings of session affinity.</summary>
public sealed partial record SessionAffinityConfig
{
    /// <summary>For affinity by the client's address.</summary>
    [Proto(1)]
    public ClientIPConfig? ClientIP { get; set; }
}

/// <summary>Lets a pod run on nodes with certain taints.</summary>
public sealed partial record Toleration
{
    /// <summary>Key of the taint; empty with operator Exists for all taints.</summary>
    [Proto(1)]
    public string? Key { get; set; }

    /// <summary>How key and values are compared.</summary>
    [Proto(2), Enum("Equal", "Exists")]
    public string? Operator { get; set; }

    /// <summary>Value of the taint, for operator Equal.</summary>
    [Proto(3)]
    public string? Value { get; set; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute; empty for all.</summary>
    [Proto(4), Enum("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string? Effect { get; set; }

    /// <summary>For NoExecute: seconds for which the taint is tolerated; for ever where empty.</summary>
    [Proto(5)]
    public long? TolerationSeconds { get; set; }
}

/// <summary>Spreads pods evenly over zones, nodes or other domains.</summary>
public sealed partial record TopologySpreadConstraint
{
    /// <summary>Greatest difference in matching pods between the domains, at least 1.</summary>
    [Proto(1), Required]
    public int? MaxSkew { get; set; }

    /// <summary>Node label whose equal values make up one domain.</summary>
    [Proto(2), Required]
    public string? TopologyKey { get; set; }

    /// <summary>DoNotSchedule (default), or ScheduleAnyway: a preference only.</summary>
    [Proto(3), Required, Enum("DoNotSchedule", "ScheduleAnyway")]
    public string? WhenUnsatisfiable { get; set; }

    /// <summary>Labels that the selected objects carry.</summary>
    [Proto(4)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Least number of domains; while there are fewer the least number of pods counts as 0.</summary>
    [Proto(5)]
    public int? MinDomains { get; set; }

    /// <summary>Whether nodes that the pod's affinity excludes count as domains: Honor (default: they do not) or Ignore.</summary>
    [Proto(6), Enum("Honor", "Ignore")]
    public string? NodeAffinityPolicy { get; set; }

    /// <summary>Whether nodes whose taints the pod does not tolerate count as domains: Honor (they do not) or Ignore (default).</summary>
    [Proto(7), Enum("Honor", "Ignore")]
    public string? NodeTaintsPolicy { get; set; }

    /// <summary>Label keys whose values, taken from the pod that is being placed, narrow down which pods are counted.</summary>
    [Proto(8), ListType("atomic")]
    public IReadOnlyList<string>? MatchLabelKeys { get; set; }
}

/// <summary>A preference for nearness to pods, with its weight.</summary>
public sealed partial record WeightedPodAffinityTerm
{
    /// <summary>Weight, 1 to 100.</summary>
    [Proto(1), Required]
    public int? Weight { get; set; }

    /// <summary>The pods and the domain.</summary>
    [Proto(2), Required]
    public PodAffinityTerm? PodAffinityTerm { get; set; }
}
