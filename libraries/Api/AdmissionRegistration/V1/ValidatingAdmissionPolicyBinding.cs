using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

[Resource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
public sealed partial record ValidatingAdmissionPolicyBinding : KubernetesObject
{
    [Proto(2)]
    public ValidatingAdmissionPolicyBindingSpec? Spec { get; set; }
}

[MapType("atomic")]
public sealed partial record ParamRef
{
    [Proto(1)]
    public string? Name { get; set; }

    [Proto(2)]
    public string? Namespace { get; set; }

    [Proto(3)]
    public LabelSelector? Selector { get; set; }

    [Proto(4)]
    public string? ParameterNotFoundAction { get; set; }
}

public sealed partial record ValidatingAdmissionPolicyBindingSpec
{
    [Proto(1)]
    public string? PolicyName { get; set; }

    [Proto(2)]
    public ParamRef? ParamRef { get; set; }

    [Proto(3)]
    public MatchResources? MatchResources { get; set; }

    [Proto(4), ListType("set")]
    public IReadOnlyList<string>? ValidationActions { get; set; }
}
