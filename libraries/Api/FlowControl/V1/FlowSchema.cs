using Platform.Api.Meta.V1;

namespace Platform.Api.FlowControl.V1;

/// <summary>Says which requests belong to which priority level.</summary>
[Resource("flowcontrol.apiserver.k8s.io", "v1", "flowschemas", "FlowSchema", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record FlowSchema : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public FlowSchemaSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public FlowSchemaStatus? Status { get; set; }
}

/// <summary>How the requests of a schema are divided into flows.</summary>
public sealed partial record FlowDistinguisherMethod
{
    /// <summary>ByUser or ByNamespace.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }
}

/// <summary>A fact about a schema, in the first place Dangling: its level does not exist.</summary>
public sealed partial record FlowSchemaCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1)]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2)]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }
}

/// <summary>Which requests, and where they go.</summary>
public sealed partial record FlowSchemaSpec
{
    /// <summary>The priority level.</summary>
    [Proto(1), Required]
    public PriorityLevelConfigurationReference? PriorityLevelConfiguration { get; set; }

    /// <summary>Order among schemas: the least that matches holds. 1 to 10000, default 1000.</summary>
    [Proto(2), Default(0)]
    public int? MatchingPrecedence { get; set; }

    /// <summary>How requests are divided into flows, which get equal turns; one flow where empty.</summary>
    [Proto(3)]
    public FlowDistinguisherMethod? DistinguisherMethod { get; set; }

    /// <summary>Which requests; any one rule suffices.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PolicyRulesWithSubjects>? Rules { get; set; }
}

/// <summary>State of a schema.</summary>
public sealed partial record FlowSchemaStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<FlowSchemaCondition>? Conditions { get; set; }
}

/// <summary>A group of users.</summary>
public sealed partial record GroupSubject
{
    /// <summary>Its name; * for all.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>Requests for paths that are not resources.</summary>
public sealed partial record NonResourcePolicyRule
{
    /// <summary>Methods in lower case; * for all.</summary>
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>Paths, with * at the end for all below; * for all.</summary>
    [Proto(6), Required, ListType("set")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

/// <summary>Who asks for what.</summary>
public sealed partial record PolicyRulesWithSubjects
{
    /// <summary>Who, any one of them.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<Subject>? Subjects { get; set; }

    /// <summary>Requests for resources, any one of them.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<ResourcePolicyRule>? ResourceRules { get; set; }

    /// <summary>Requests for other paths, any one of them.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NonResourcePolicyRule>? NonResourceRules { get; set; }
}

/// <summary>A priority level.</summary>
public sealed partial record PriorityLevelConfigurationReference
{
    /// <summary>Its name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}

/// <summary>Requests for resources.</summary>
public sealed partial record ResourcePolicyRule
{
    /// <summary>Verbs; * for all.</summary>
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>API groups; * for all.</summary>
    [Proto(2), Required, ListType("set")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>Resources; * for all.</summary>
    [Proto(3), Required, ListType("set")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>Whether requests without a namespace match.</summary>
    [Proto(4)]
    public bool? ClusterScope { get; set; }

    /// <summary>Namespaces that match; * for all.</summary>
    [Proto(5), ListType("set")]
    public IReadOnlyList<string>? Namespaces { get; set; }
}

/// <summary>A service account.</summary>
public sealed partial record ServiceAccountSubject
{
    /// <summary>Its namespace.</summary>
    [Proto(1), Required]
    public string? Namespace { get; set; }

    /// <summary>Its name; * for all.</summary>
    [Proto(2), Required]
    public string? Name { get; set; }
}

/// <summary>Who asks. The field that belongs to the kind is set.</summary>
public sealed partial record Subject
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>A user.</summary>
    [Proto(2)]
    public UserSubject? User { get; set; }

    /// <summary>A group.</summary>
    [Proto(3)]
    public GroupSubject? Group { get; set; }

    /// <summary>A service account.</summary>
    [Proto(4)]
    public ServiceAccountSubject? ServiceAccount { get; set; }
}

/// <summary>A user.</summary>
public sealed partial record UserSubject
{
    /// <summary>Its name; * for all.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }
}
