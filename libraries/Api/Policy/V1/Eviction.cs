using Platform.Api.Meta.V1;

namespace Platform.Api.Policy.V1;

/// <summary>Asks that a pod be ended, if its disruption budget allows.</summary>
public sealed partial record Eviction : KubernetesObject
{
    /// <summary>Options of the deletion.</summary>
    [Proto(2)]
    public DeleteOptions? DeleteOptions { get; set; }
}
