using Platform.Api.Meta.V1;

namespace Platform.Api.FlowControl.V1;

[Resource("flowcontrol.apiserver.k8s.io", "v1", "flowschemas", "FlowSchema", Scope = ResourceScope.Cluster)]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record FlowSchema : KubernetesObject
{
    [Proto(2)]
    public FlowSchemaSpec? Spec { get; set; }

    [Proto(3)]
    public FlowSchemaStatus? Status { get; set; }
}

public sealed partial record FlowDistinguisherMethod
{
    [Proto(1), Required]
    public string? Type { get; set; }
}

public sealed partial record FlowSchemaCondition
{
    [Proto(1)]
    public string? Type { get; set; }

    [Proto(2)]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record FlowSchemaSpec
{
    [Proto(1), Required]
    public PriorityLevelConfigurationReference? PriorityLevelConfiguration { get; set; }

    [Proto(2), Default(0)]
    public int? MatchingPrecedence { get; set; }

    [Proto(3)]
    public FlowDistinguisherMethod? DistinguisherMethod { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<PolicyRulesWithSubjects>? Rules { get; set; }
}

public sealed partial record FlowSchemaStatus
{
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<FlowSchemaCondition>? Conditions { get; set; }
}

public sealed partial record GroupSubject
{
    [Proto(1), Required]
    public string? Name { get; set; }
}

public sealed partial record NonResourcePolicyRule
{
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Verbs { get; set; }

    [Proto(6), Required, ListType("set")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

public sealed partial record PolicyRulesWithSubjects
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<Subject>? Subjects { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<ResourcePolicyRule>? ResourceRules { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<NonResourcePolicyRule>? NonResourceRules { get; set; }
}

public sealed partial record PriorityLevelConfigurationReference
{
    [Proto(1), Required]
    public string? Name { get; set; }
}

public sealed partial record ResourcePolicyRule
{
    [Proto(1), Required, ListType("set")]
    public IReadOnlyList<string>? Verbs { get; set; }

    [Proto(2), Required, ListType("set")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    [Proto(3), Required, ListType("set")]
    public IReadOnlyList<string>? Resources { get; set; }

    [Proto(4)]
    public bool? ClusterScope { get; set; }

    [Proto(5), ListType("set")]
    public IReadOnlyList<string>? Namespaces { get; set; }
}

public sealed partial record ServiceAccountSubject
{
    [Proto(1), Required]
    public string? Namespace { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }
}

public sealed partial record Subject
{
    [Proto(1), Required]
    public string? Kind { get; set; }

    [Proto(2)]
    public UserSubject? User { get; set; }

    [Proto(3)]
    public GroupSubject? Group { get; set; }

    [Proto(4)]
    public ServiceAccountSubject? ServiceAccount { get; set; }
}

public sealed partial record UserSubject
{
    [Proto(1), Required]
    public string? Name { get; set; }
}
