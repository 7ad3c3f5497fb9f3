using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

[Resource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ValidatingAdmissionPolicy : KubernetesObject
{
    [Proto(2)]
    public ValidatingAdmissionPolicySpec? Spec { get; set; }

    [Proto(3)]
    public ValidatingAdmissionPolicyStatus? Status { get; set; }
}

public sealed partial record AuditAnnotation
{
    [Proto(1), Required]
    public string? Key { get; set; }

    [Proto(2), Required]
    public string? ValueExpression { get; set; }
}

public sealed partial record ExpressionWarning
{
    [Proto(2), Required]
    public string? FieldRef { get; set; }

    [Proto(3), Required]
    public string? Warning { get; set; }
}

[MapType("atomic")]
public sealed partial record ParamKind
{
    [Proto(1)]
    public string? ApiVersion { get; set; }

    [Proto(2)]
    public string? Kind { get; set; }
}

public sealed partial record TypeChecking
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ExpressionWarning>? ExpressionWarnings { get; set; }
}

public sealed partial record ValidatingAdmissionPolicySpec
{
    [Proto(1)]
    public ParamKind? ParamKind { get; set; }

    [Proto(2)]
    public MatchResources? MatchConstraints { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<Validation>? Validations { get; set; }

    [Proto(4)]
    public string? FailurePolicy { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<AuditAnnotation>? AuditAnnotations { get; set; }

    [Proto(6), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<MatchCondition>? MatchConditions { get; set; }

    [Proto(7), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Variable>? Variables { get; set; }
}

public sealed partial record ValidatingAdmissionPolicyStatus
{
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    [Proto(2)]
    public TypeChecking? TypeChecking { get; set; }

    [Proto(3), ListType("map", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}

public sealed partial record Validation
{
    [Proto(2)]
    public string? Message { get; set; }

    [Proto(3)]
    public string? Reason { get; set; }

    [Proto(4)]
    public string? MessageExpression { get; set; }

    [Required]
    public string? Expression { get; set; }
}

[MapType("atomic")]
public sealed partial record Variable
{
    [Required]
    public string? Expression { get; set; }

    [Required]
    public string? Name { get; set; }
}
