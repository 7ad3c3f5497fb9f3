using Platform.Api.Meta.V1;

namespace Platform.Api.ApiRegistration.V1;

/// <summary>A group version of the API, and who serves it: this server, or a server behind a service.</summary>
[Resource("apiregistration.k8s.io", "v1", "apiservices", "APIService", Scope = ResourceScope.Cluster, Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record APIService : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public APIServiceSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public APIServiceStatus? Status { get; set; }
}

/// <summary>A fact about a group version, in the first place Available.</summary>
public sealed partial record APIServiceCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }
}

/// <summary>Where requests for a group version go.</summary>
public sealed partial record APIServiceSpec
{
    /// <summary>Service to which they are passed on; none where this server answers itself.</summary>
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    /// <summary>API group.</summary>
    [Proto(2)]
    public string? Group { get; set; }

    /// <summary>API version.</summary>
    [Proto(3)]
    public string? Version { get; set; }

    /// <summary>Whether the server's certificate is not checked. Not for production.</summary>
    [Proto(4)]
    public bool? InsecureSkipTLSVerify { get; set; }

    /// <summary>PEM certificates, one of which must have signed the server's. The machine's where empty.</summary>
    [Proto(5), ListType("atomic")]
    public byte[]? CaBundle { get; set; }

    /// <summary>Rank of the group in discovery; greater comes first. Between 1 and 20000.</summary>
    [Proto(7), Required]
    public int? GroupPriorityMinimum { get; set; }

    /// <summary>Rank of the version within its group; greater comes first. Between 1 and 1000.</summary>
    [Proto(8), Required]
    public int? VersionPriority { get; set; }
}

/// <summary>Whether the group version can be reached.</summary>
public sealed partial record APIServiceStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<APIServiceCondition>? Conditions { get; set; }
}

/// <summary>The service of an API server.</summary>
public sealed partial record ServiceReference
{
    /// <summary>Namespace of the service.</summary>
    [Proto(1)]
    public string? Namespace { get; set; }

    /// <summary>Name of the service.</summary>
    [Proto(2)]
    public string? Name { get; set; }

    /// <summary>Port of the service. Default 443.</summary>
    [Proto(3)]
    public int? Port { get; set; }
}
