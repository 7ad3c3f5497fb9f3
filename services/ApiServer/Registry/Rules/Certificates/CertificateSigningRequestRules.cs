using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Certificates.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Certificates;

/// <summary>
/// Certificate signing requests. What is asked for never changes, and who asked is recorded by the server; approval and certificate come by subresources.
/// </summary>
internal class CertificateSigningRequestRules : ResourceRules<CertificateSigningRequest>
{
    /// <summary>Shortest life of a certificate that may be asked for, in seconds.</summary>
    private const int ShortestLife = 600;

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only", "digital signature",
        "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc",
        "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ];

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        Cells.Age,
        new("SignerName", Description: "Signer that is asked."),
        new("Requestor", Description: "Who asked."),
        new("RequestedDuration", Description: "How long the certificate shall be good."),
        new("Condition", Description: "What has become of the request."),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields { get; } = [new("spec.signerName")];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    public override void SetRequester(KubernetesObject value, UserInfo requester)
    {
        var spec = ((CertificateSigningRequest)value).Spec ??= new();
        spec.Username = requester.Username;
        spec.Uid = string.IsNullOrEmpty(requester.Uid) ? null : requester.Uid;
        spec.Groups = requester.Groups is { Count: > 0 } groups ? groups : null;
        spec.Extra = requester.Extra is { Count: > 0 } extra ? extra : null;
    }

    protected override void StampStatusUpdate(CertificateSigningRequest value, CertificateSigningRequest old, DateTimeOffset now)
    {
        var before = old.Status?.Conditions ?? [];
        foreach (var condition in value.Status?.Conditions ?? [])
        {
            condition.LastUpdateTime ??= now;
            condition.LastTransitionTime ??= before.FirstOrDefault(c => c.Type == condition.Type && c.Status == condition.Status)?.LastTransitionTime ?? now;
        }
    }

    protected override void PrepareForCreate(CertificateSigningRequest value) => value.Status = new();

    protected override bool PrepareForUpdate(CertificateSigningRequest value, CertificateSigningRequest old)
    {
        value.Spec = old.Spec;
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(CertificateSigningRequest value, CertificateSigningRequest old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> ValidateCreate(CertificateSigningRequest value)
    {
        var spec = value.Spec ?? new();
        if (CertificateRequestPem.TryRead(spec.Request, out _) is { } wrong)
            yield return FieldError.Invalid("spec.request", spec.Request ?? [], wrong);
        if (spec.Usages is not { Count: > 0 })
            yield return FieldError.Required("spec.usages");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (usage, at) in spec.Usages.At("spec.usages"))
        {
            if (!Usages.Contains(usage))
                yield return FieldError.NotSupported(at, usage, Usages);
            if (!seen.Add(usage))
                yield return FieldError.Duplicate(at, usage);
        }
        if (spec.SignerName == "kubernetes.io/legacy-unknown")
            yield return FieldError.Invalid("spec.signerName", spec.SignerName, "the legacy signerName is not allowed via this API version");
        else
        {
            foreach (var error in SignerName.Validate(spec.SignerName, "spec.signerName"))
                yield return error;
        }
        if (spec.ExpirationSeconds < ShortestLife)
            yield return FieldError.Invalid("spec.expirationSeconds", spec.ExpirationSeconds, "may not specify a duration less than 600 seconds (10 minutes)");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(CertificateSigningRequest value, CertificateSigningRequest old) =>
        CertificateStatusValidation.Validate(value, old, setsApproval: false, setsCertificate: true);

    protected override object?[] Row(CertificateSigningRequest value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.Or(value.Spec?.SignerName),
        value.Spec?.Username,
        value.Spec?.ExpirationSeconds is { } seconds ? Cells.Duration(TimeSpan.FromSeconds(seconds)) : Cells.None,
        Condition(value),
    ];

    private static string Condition(CertificateSigningRequest value)
    {
        bool Has(string type) => value.Status?.Conditions?.Any(c => c.Type == type) == true;
        return (Has("Denied") ? "Denied" : Has("Approved") ? "Approved" : "Pending")
            + (Has("Failed") ? ",Failed" : "") + (value.Status?.Certificate is { Length: > 0 } ? ",Issued" : "");
    }
}

/// <summary>Certificate signing requests as the approval subresource changes them: their conditions only.</summary>
internal sealed class CertificateApprovalRules : CertificateSigningRequestRules
{
    protected override void PrepareForStatusUpdate(CertificateSigningRequest value, CertificateSigningRequest old)
    {
        value.Spec = old.Spec;
        (value.Status ??= new()).Certificate = old.Status?.Certificate;
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(CertificateSigningRequest value, CertificateSigningRequest old) =>
        CertificateStatusValidation.Validate(value, old, setsApproval: true, setsCertificate: false);
}
