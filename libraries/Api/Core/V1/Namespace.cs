namespace Platform.Api.Core.V1;

/// <summary>A scope for names.</summary>
[Resource("", "v1", "namespaces", "Namespace", Scope = ResourceScope.Cluster, ShortNames = ["ns"], Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"])]
[Subresource("finalize", Verbs = ["update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Namespace : KubernetesObject
{
    /// <summary>What must be done before the namespace can go.</summary>
    [Proto(2)]
    public NamespaceSpec? Spec { get; set; }

    /// <summary>Whether the namespace is in use or going.</summary>
    [Proto(3)]
    public NamespaceStatus? Status { get; set; }
}

/// <summary>A fact about a namespace, mostly about its deletion.</summary>
public sealed partial record NamespaceCondition
{
    /// <summary>What the fact is about, such as NamespaceContentRemaining.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(5)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(6)]
    public string? Message { get; set; }
}

/// <summary>What a namespace needs before it can go.</summary>
public sealed partial record NamespaceSpec
{
    /// <summary>Names of those who must still clean up.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Finalizers { get; set; }
}

/// <summary>State of a namespace.</summary>
public sealed partial record NamespaceStatus
{
    /// <summary>Active or Terminating.</summary>
    [Proto(1), Enum("Active", "Terminating")]
    public string? Phase { get; set; }

    /// <summary>Conditions observed last, at most one of a type.</summary>
    [Proto(2), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<NamespaceCondition>? Conditions { get; set; }
}
