using System.Text.Json.Serialization;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>What a service-account token says, as upstream lays it out.</summary>
internal sealed record TokenClaims
{
    [JsonPropertyName("aud")]
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>End, in seconds since 1970.</summary>
    [JsonPropertyName("exp")]
    public required long Expires { get; init; }

    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    [JsonPropertyName("jti")]
    public required string Id { get; init; }

    [JsonPropertyName("kubernetes.io")]
    public required KubernetesClaims Kubernetes { get; init; }

    [JsonPropertyName("nbf")]
    public required long NotBefore { get; init; }

    [JsonPropertyName("sub")]
    public required string Subject { get; init; }
}

/// <summary>The service account, and the objects without which the token is void.</summary>
internal sealed record KubernetesClaims
{
    public required string Namespace { get; init; }

    public BoundReference? Node { get; init; }

    public BoundReference? Pod { get; init; }

    public BoundReference? Secret { get; init; }

    [JsonPropertyName("serviceaccount")]
    public required BoundReference ServiceAccount { get; init; }
}

/// <summary>An object that must exist with this uid.</summary>
internal sealed record BoundReference(string Name, string? Uid);

/// <summary>First part of a token.</summary>
internal sealed record TokenHeader(string Alg, string Kid);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(TokenHeader))]
internal sealed partial class TokenJson : JsonSerializerContext;
