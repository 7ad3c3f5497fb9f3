using Platform.Api.Meta.V1;

namespace Platform.Api.Policy.V1;

/// <summary>Eviction.</summary>
public sealed partial record Eviction : KubernetesObject
{
    /// <summary>deleteOptions.</summary>
    [Proto(2)]
    public DeleteOptions? DeleteOptions { get; set; }
}
