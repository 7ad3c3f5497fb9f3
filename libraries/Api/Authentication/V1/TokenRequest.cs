namespace Platform.Api.Authentication.V1;

public sealed partial record TokenRequest : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public TokenRequestSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public TokenRequestStatus? Status { get; set; }
}

public sealed partial record BoundObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(1)]
    public string? Kind { get; set; }

    /// <summary>Group and version the object is encoded in.</summary>
    [Proto(2)]
    public string? ApiVersion { get; set; }

    [Proto(3)]
    public string? Name { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    public string? Uid { get; set; }
}

public sealed partial record TokenRequestSpec
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }

    [Proto(3)]
    public BoundObjectReference? BoundObjectRef { get; set; }

    [Proto(4)]
    public long? ExpirationSeconds { get; set; }
}

public sealed partial record TokenRequestStatus
{
    [Proto(1), Required]
    public string? Token { get; set; }

    [Proto(2), Required]
    public DateTimeOffset? ExpirationTimestamp { get; set; }
}
