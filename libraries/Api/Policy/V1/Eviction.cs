using Platform.Api.Meta.V1;

namespace Platform.Api.Policy.V1;

public sealed partial record Eviction : KubernetesObject
{
    [Proto(2)]
    public DeleteOptions? DeleteOptions { get; set; }
}
