using Platform.Api.Meta.V1;

namespace Platform.Api.Certificates.V1;

/// <summary>Asks a signer for a certificate.</summary>
[Resource("certificates.k8s.io", "v1", "certificatesigningrequests", "CertificateSigningRequest", Scope = ResourceScope.Cluster, ShortNames = ["csr"])]
[Subresource("approval", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CertificateSigningRequest : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2), Required]
    public CertificateSigningRequestSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public CertificateSigningRequestStatus? Status { get; set; }
}

/// <summary>A decision on a request.</summary>
public sealed partial record CertificateSigningRequestCondition
{
    /// <summary>Approved, Denied or Failed. A request is never both approved and denied.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(2)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(3)]
    public string? Message { get; set; }

    /// <summary>When the condition was last written.</summary>
    [Proto(4)]
    public DateTimeOffset? LastUpdateTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(5)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(6), Required]
    public string? Status { get; set; }
}

/// <summary>The request; it cannot be changed.</summary>
public sealed partial record CertificateSigningRequestSpec
{
    /// <summary>PEM block of type CERTIFICATE REQUEST.</summary>
    [Proto(1), Required, ListType("atomic")]
    public byte[]? Request { get; set; }

    /// <summary>Who asked; set by the server.</summary>
    [Proto(2)]
    public string? Username { get; set; }

    /// <summary>UID of who asked; set by the server.</summary>
    [Proto(3)]
    public string? Uid { get; set; }

    /// <summary>Groups of who asked; set by the server.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>What the certificate is for, such as digital signature, key encipherment, client auth.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? Usages { get; set; }

    /// <summary>Further attributes of who asked; set by the server.</summary>
    [Proto(6)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }

    /// <summary>Who shall sign, such as kubernetes.io/kube-apiserver-client.</summary>
    [Proto(7), Required]
    public string? SignerName { get; set; }

    /// <summary>Wanted time of validity in seconds, at least 600; the signer may give another.</summary>
    [Proto(8)]
    public int? ExpirationSeconds { get; set; }
}

/// <summary>Decision and certificate.</summary>
public sealed partial record CertificateSigningRequestStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("map", "type")]
    public IReadOnlyList<CertificateSigningRequestCondition>? Conditions { get; set; }

    /// <summary>PEM certificates from the signer.</summary>
    [Proto(2), ListType("atomic")]
    public byte[]? Certificate { get; set; }
}
