namespace Platform.Api.Core.V1;

[Resource("", "v1", "bindings", "Binding", Verbs = ["create"])]
public sealed partial record Binding : KubernetesObject
{
    [Proto(2), Required]
    public ObjectReference? Target { get; set; }
}
