namespace Platform.Api.Core.V1;

/// <summary>Binding.</summary>
[Resource("", "v1", "bindings", "Binding", Verbs = ["create"])]
public sealed partial record Binding : KubernetesObject
{
    /// <summary>target.</summary>
    [Proto(2), Required]
    public ObjectReference? Target { get; set; }
}
