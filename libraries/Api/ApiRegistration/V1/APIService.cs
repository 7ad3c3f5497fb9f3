using Platform.Api.Meta.V1;

namespace Platform.Api.ApiRegistration.V1;

[Resource("apiregistration.k8s.io", "v1", "apiservices", "APIService", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record APIService : KubernetesObject
{
    [Proto(2)]
    public APIServiceSpec? Spec { get; set; }

    [Proto(3)]
    public APIServiceStatus? Status { get; set; }
}

public sealed partial record APIServiceCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record APIServiceSpec
{
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    [Proto(2)]
    public string? Group { get; set; }

    [Proto(3)]
    public string? Version { get; set; }

    [Proto(4)]
    public bool? InsecureSkipTLSVerify { get; set; }

    [Proto(5), ListType("atomic")]
    public byte[]? CaBundle { get; set; }

    [Proto(7), Required]
    public int? GroupPriorityMinimum { get; set; }

    [Proto(8), Required]
    public int? VersionPriority { get; set; }
}

public sealed partial record APIServiceStatus
{
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<APIServiceCondition>? Conditions { get; set; }
}

public sealed partial record ServiceReference
{
    [Proto(1)]
    public string? Namespace { get; set; }

    [Proto(2)]
    public string? Name { get; set; }

    [Proto(3)]
    public int? Port { get; set; }
}
