using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>Puts a policy into effect, for some requests and with parameters.</summary>
[Resource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", Scope = ResourceScope.Cluster,
    Categories = ["api-extensions"])]
public sealed partial record ValidatingAdmissionPolicyBinding : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public ValidatingAdmissionPolicyBindingSpec? Spec { get; set; }
}

/// <summary>Which objects are a policy's parameters; either by name or by selector.</summary>
[MapType("atomic")]
public sealed partial record ParamRef
{
    /// <summary>Name of the one object.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Namespace of the parameters. Without it, that of the request's object.</summary>
    [Proto(2)]
    public string? Namespace { get; set; }

    /// <summary>Labels of the objects; the policy is evaluated with each.</summary>
    [Proto(3)]
    public LabelSelector? Selector { get; set; }

    /// <summary>When no parameters are found: Allow, or Deny according to the policy's failurePolicy.</summary>
    [Proto(4)]
    public string? ParameterNotFoundAction { get; set; }
}

/// <summary>Which policy, with which parameters, for what, and what follows.</summary>
public sealed partial record ValidatingAdmissionPolicyBindingSpec
{
    /// <summary>Name of the policy.</summary>
    [Proto(1)]
    public string? PolicyName { get; set; }

    /// <summary>The parameters.</summary>
    [Proto(2)]
    public ParamRef? ParamRef { get; set; }

    /// <summary>Narrows down which of the policy's requests are concerned.</summary>
    [Proto(3)]
    public MatchResources? MatchResources { get; set; }

    /// <summary>What follows when a validation does not hold: Deny, Warn, Audit. Deny and Warn exclude each other.</summary>
    [Proto(4), ListType("set")]
    public IReadOnlyList<string>? ValidationActions { get; set; }
}
