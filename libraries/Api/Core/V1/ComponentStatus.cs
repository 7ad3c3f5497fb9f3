using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>Whether a part of the control plane is healthy. Deprecated since v1.19: ask the health endpoints of the parts.</summary>
[Resource("", "v1", "componentstatuses", "ComponentStatus", Scope = ResourceScope.Cluster, ShortNames = ["cs"], Verbs = ["get", "list"], DeprecatedSince = "v1.19")]
public sealed partial record ComponentStatus : KubernetesObject
{
    /// <summary>What was found.</summary>
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<ComponentCondition>? Conditions { get; set; }
}

/// <summary>Health of a part of the control plane.</summary>
public sealed partial record ComponentCondition
{
    /// <summary>Healthy.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>What the part said.</summary>
    [Proto(3)]
    public string? Message { get; set; }

    /// <summary>Why it could not be asked.</summary>
    [Proto(4)]
    public string? Error { get; set; }
}
