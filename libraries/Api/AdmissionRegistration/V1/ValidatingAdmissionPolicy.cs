using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>Rules in CEL by which the server itself accepts or refuses requests. Takes effect through a binding.</summary>
[Resource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record ValidatingAdmissionPolicy : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public ValidatingAdmissionPolicySpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public ValidatingAdmissionPolicyStatus? Status { get; set; }
}

/// <summary>A value that is computed for the audit record of a request.</summary>
public sealed partial record AuditAnnotation
{
    /// <summary>Name of the annotation; the policy's name is put before it.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>CEL that gives the text, or null for no annotation.</summary>
    [Proto(2), Required]
    public string? ValueExpression { get; set; }
}

/// <summary>What the type check found in an expression.</summary>
public sealed partial record ExpressionWarning
{
    /// <summary>Place of the expression in the policy, such as spec.validations[0].expression.</summary>
    [Proto(2), Required]
    public string? FieldRef { get; set; }

    /// <summary>What is wrong, for each type that it is wrong for.</summary>
    [Proto(3), Required]
    public string? Warning { get; set; }
}

/// <summary>Kind of the objects that hold a policy's parameters.</summary>
[MapType("atomic")]
public sealed partial record ParamKind
{
    /// <summary>Group and version of the kind, such as rules.example.com/v1.</summary>
    [Proto(1)]
    public string? ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [Proto(2)]
    public string? Kind { get; set; }
}

/// <summary>Result of checking a policy's expressions against the types it matches.</summary>
public sealed partial record TypeChecking
{
    /// <summary>What was found; nothing where all is well.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ExpressionWarning>? ExpressionWarnings { get; set; }
}

/// <summary>What a policy checks and when.</summary>
public sealed partial record ValidatingAdmissionPolicySpec
{
    /// <summary>Kind of the parameters; without it the policy has none.</summary>
    [Proto(1)]
    public ParamKind? ParamKind { get; set; }

    /// <summary>Which requests the policy concerns.</summary>
    [Proto(2)]
    public MatchResources? MatchConstraints { get; set; }

    /// <summary>What must hold, at least one or an audit annotation. A request is refused when any does not.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<Validation>? Validations { get; set; }

    /// <summary>When an expression cannot be evaluated: Fail (default) refuses the request, Ignore lets it pass.</summary>
    [Proto(4), Enum("Fail", "Ignore")]
    public string? FailurePolicy { get; set; }

    /// <summary>Values for the audit record.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<AuditAnnotation>? AuditAnnotations { get; set; }

    /// <summary>CEL conditions that must all hold for the policy to be evaluated. At most 64.</summary>
    [Proto(6), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<MatchCondition>? MatchConditions { get; set; }

    /// <summary>Named expressions that others can use as variables.NAME.</summary>
    [Proto(7), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<Variable>? Variables { get; set; }
}

/// <summary>What the server found out about a policy.</summary>
public sealed partial record ValidatingAdmissionPolicyStatus
{
    /// <summary>
    /// Generation of the object that this status describes; behind metadata.generation while a change has not been taken in.
    /// </summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Result of the type check.</summary>
    [Proto(2)]
    public TypeChecking? TypeChecking { get; set; }

    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(3), ListType("map", "type")]
    public IReadOnlyList<Condition>? Conditions { get; set; }
}

/// <summary>An expression that must hold, and what is said when it does not.</summary>
public sealed partial record Validation
{
    /// <summary>What the client is told. Needed where the expression has line breaks.</summary>
    [Proto(2)]
    public string? Message { get; set; }

    /// <summary>Machine-readable reason: Unauthorized, Forbidden, Invalid (default) or RequestEntityTooLarge.</summary>
    [Proto(3)]
    public string? Reason { get; set; }

    /// <summary>CEL that gives the message; goes before the fixed message.</summary>
    [Proto(4)]
    public string? MessageExpression { get; set; }

    /// <summary>CEL that gives a boolean. May use object, oldObject, request, params, namespaceObject, authorizer and variables.</summary>
    [Required]
    public string? Expression { get; set; }
}

/// <summary>A named expression, evaluated when it is first used.</summary>
[MapType("atomic")]
public sealed partial record Variable
{
    /// <summary>CEL that gives the value.</summary>
    [Required]
    public string? Expression { get; set; }

    /// <summary>Name in other expressions, where it is variables.NAME.</summary>
    [Required]
    public string? Name { get; set; }
}
