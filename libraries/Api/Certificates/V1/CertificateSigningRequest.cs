using Platform.Api.Meta.V1;

namespace Platform.Api.Certificates.V1;

[Resource("certificates.k8s.io", "v1", "certificatesigningrequests", "CertificateSigningRequest", Scope = ResourceScope.Cluster, ShortNames = ["csr"])]
[Subresource("approval", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CertificateSigningRequest : KubernetesObject
{
    [Proto(2), Required]
    public CertificateSigningRequestSpec? Spec { get; set; }

    [Proto(3)]
    public CertificateSigningRequestStatus? Status { get; set; }
}

public sealed partial record CertificateSigningRequestCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public string? Reason { get; set; }

    [Proto(3)]
    public string? Message { get; set; }

    [Proto(4)]
    public DateTimeOffset? LastUpdateTime { get; set; }

    [Proto(5)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(6), Required]
    public string? Status { get; set; }
}

public sealed partial record CertificateSigningRequestSpec
{
    [Proto(1), Required, ListType("atomic")]
    public byte[]? Request { get; set; }

    [Proto(2)]
    public string? Username { get; set; }

    [Proto(3)]
    public string? Uid { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Usages { get; set; }

    [Proto(6)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }

    [Proto(7), Required]
    public string? SignerName { get; set; }

    [Proto(8)]
    public int? ExpirationSeconds { get; set; }
}

public sealed partial record CertificateSigningRequestStatus
{
    [Proto(1), ListType("map", "type")]
    public IReadOnlyList<CertificateSigningRequestCondition>? Conditions { get; set; }

    [Proto(2), ListType("atomic")]
    public byte[]? Certificate { get; set; }
}
