using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Nodes.V1;

[Resource("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", Scope = ResourceScope.Cluster)]
public sealed partial record RuntimeClass : KubernetesObject
{
    [Proto(2), Required]
    public string? Handler { get; set; }

    [Proto(3)]
    public Overhead? Overhead { get; set; }

    [Proto(4)]
    public Scheduling? Scheduling { get; set; }
}

public sealed partial record Overhead
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? PodFixed { get; set; }
}

public sealed partial record Scheduling
{
    [Proto(1), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<Toleration>? Tolerations { get; set; }
}
