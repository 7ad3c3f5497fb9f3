using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "componentstatuses", "ComponentStatus", Scope = ResourceScope.Cluster, ShortNames = ["cs"], Verbs = ["get", "list"])]
public sealed partial record ComponentStatus : KubernetesObject
{
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<ComponentCondition>? Conditions { get; set; }
}

public sealed partial record ComponentCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public string? Message { get; set; }

    [Proto(4)]
    public string? Error { get; set; }
}
