using Platform.Api.Meta.V1;

namespace Platform.Api.Networking.V1;

/// <summary>A kind of ingress, and who looks after it.</summary>
[Resource("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Scope = ResourceScope.Cluster)]
public sealed partial record IngressClass : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public IngressClassSpec? Spec { get; set; }
}

/// <summary>Settings of a class.</summary>
public sealed partial record IngressClassParametersReference
{
    /// <summary>Kind of the object with them.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>Its name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Cluster (default) or Namespace.</summary>
    [Proto(4)]
    public string? Scope { get; set; }

    /// <summary>Its namespace, for scope Namespace.</summary>
    [Proto(5)]
    public string? Namespace { get; set; }

    /// <summary>Its API group; the core group where empty.</summary>
    public string? ApiGroup { get; set; }
}

/// <summary>Who looks after ingresses of a class.</summary>
public sealed partial record IngressClassSpec
{
    /// <summary>Name of the controller, such as example.com/gateway. Cannot be changed.</summary>
    [Proto(1)]
    public string? Controller { get; set; }

    /// <summary>Its settings.</summary>
    [Proto(2)]
    public IngressClassParametersReference? Parameters { get; set; }
}
