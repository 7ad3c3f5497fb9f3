namespace Platform.Api.Authentication.V1;

/// <summary>Asks for a token of a service account.</summary>
public sealed partial record TokenRequest : KubernetesObject
{
    /// <summary>State that is asked for.</summary>
    [Proto(2), Required]
    public TokenRequestSpec? Spec { get; set; }

    /// <summary>State as the component in charge last observed it.</summary>
    [Proto(3)]
    public TokenRequestStatus? Status { get; set; }
}

/// <summary>The object with which a token ends.</summary>
public sealed partial record BoundObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(1)]
    public string? Kind { get; set; }

    /// <summary>Group and version the object is encoded in.</summary>
    [Proto(2)]
    public string? ApiVersion { get; set; }

    /// <summary>Name of the object.</summary>
    [Proto(3)]
    public string? Name { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    public string? Uid { get; set; }
}

/// <summary>What kind of token is wanted.</summary>
public sealed partial record TokenRequestSpec
{
    /// <summary>Whom the token is for; the API server where empty.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Audiences { get; set; }

    /// <summary>Pod, node or secret with which the token ends.</summary>
    [Proto(3)]
    public BoundObjectReference? BoundObjectRef { get; set; }

    /// <summary>Seconds for which it is valid, at least 600. Default 3600; the server may give another time.</summary>
    [Proto(4)]
    public long? ExpirationSeconds { get; set; }
}

/// <summary>The token.</summary>
public sealed partial record TokenRequestStatus
{
    /// <summary>The token; a secret.</summary>
    [Proto(1), Required]
    public string? Token { get; set; }

    /// <summary>When it ends.</summary>
    [Proto(2), Required]
    public DateTimeOffset? ExpirationTimestamp { get; set; }
}
