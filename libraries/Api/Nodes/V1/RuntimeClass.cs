using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Nodes.V1;

/// <summary>A way to run containers, which pods can name.</summary>
[Resource("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", Scope = ResourceScope.Cluster)]
public sealed partial record RuntimeClass : KubernetesObject
{
    /// <summary>Name of the handler in the runtime's configuration. Cannot be changed.</summary>
    [Proto(2), Required]
    public string? Handler { get; set; }

    /// <summary>What a pod costs besides its containers.</summary>
    [Proto(3)]
    public Overhead? Overhead { get; set; }

    /// <summary>Nodes that have the handler.</summary>
    [Proto(4)]
    public Scheduling? Scheduling { get; set; }
}

/// <summary>What a pod costs besides its containers.</summary>
public sealed partial record Overhead
{
    /// <summary>Amounts per resource.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? PodFixed { get; set; }
}

/// <summary>Where pods of a class run.</summary>
public sealed partial record Scheduling
{
    /// <summary>Labels of the nodes; added to the pod's own.</summary>
    [Proto(1), MapType("atomic")]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

    /// <summary>Added to the pod's own.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<Toleration>? Tolerations { get; set; }
}
