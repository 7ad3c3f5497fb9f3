using System.Text.Json.Serialization;

namespace Platform.Api.Meta.V1;

/// <summary>Result of a request that does not answer with an object.</summary>
public sealed partial record Status
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>Metadata of the answer.</summary>
    [Proto(1)]
    public ListMeta? Metadata { get; set; }

    /// <summary>Success or Failure.</summary>
    [Proto(2), JsonPropertyName("status")]
    public string? StatusValue { get; set; }

    /// <summary>What happened, in words for people.</summary>
    [Proto(3)]
    public string? Message { get; set; }

    /// <summary>What happened, in one word for machines.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>What the request was about, and what exactly was wrong.</summary>
    [Proto(5), ListType("atomic")]
    public StatusDetails? Details { get; set; }

    /// <summary>HTTP status code.</summary>
    [Proto(6)]
    public int? Code { get; set; }
}

/// <summary>One of the causes of a failure.</summary>
public sealed partial record StatusCause
{
    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(1)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(2)]
    public string? Message { get; set; }

    /// <summary>Field that it is about, such as spec.replicas.</summary>
    [Proto(3)]
    public string? Field { get; set; }
}

/// <summary>What a status is about.</summary>
public sealed partial record StatusDetails
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(3)]
    public string? Kind { get; set; }

    /// <summary>Name of the object.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>API group of the object.</summary>
    [Proto(2)]
    public string? Group { get; set; }

    /// <summary>Causes of the failure.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<StatusCause>? Causes { get; set; }

    /// <summary>Seconds after which to try again.</summary>
    [Proto(5)]
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(6)]
    public string? Uid { get; set; }
}
