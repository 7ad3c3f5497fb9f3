using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

[Resource("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Scope = ResourceScope.Cluster)]
public sealed partial record IngressClass : KubernetesObject
{
    [Proto(2)]
    public IngressClassSpec? Spec { get; set; }
}

public sealed partial record IngressClassParametersReference
{
    [Proto(2), Required]
    public string? Kind { get; set; }

    [Proto(3), Required]
    public string? Name { get; set; }

    [Proto(4)]
    public string? Scope { get; set; }

    [Proto(5)]
    public string? Namespace { get; set; }

    public string? ApiGroup { get; set; }
}

public sealed partial record IngressClassSpec
{
    [Proto(1)]
    public string? Controller { get; set; }

    [Proto(2)]
    public IngressClassParametersReference? Parameters { get; set; }
}
