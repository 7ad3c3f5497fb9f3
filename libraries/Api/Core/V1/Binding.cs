namespace Platform.Api.Core.V1;

/// <summary>Assigns a pod to a node.</summary>
[Resource("", "v1", "bindings", "Binding", Verbs = ["create"])]
public sealed partial record Binding : KubernetesObject
{
    /// <summary>The node.</summary>
    [Proto(2), Required]
    public ObjectReference? Target { get; set; }
}
