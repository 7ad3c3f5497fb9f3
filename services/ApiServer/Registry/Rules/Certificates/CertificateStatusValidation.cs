using Platform.Api.Certificates.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Certificates;

/// <summary>What the status of a certificate signing request must meet: decisions are never taken back, and a certificate is issued once.</summary>
internal static class CertificateStatusValidation
{
    private const string Path = "status.conditions";

    private static readonly string[] Decisions = ["Approved", "Denied", "Failed"];
    private static readonly string[] Statuses = ["False", "True", "Unknown"];

    public static IEnumerable<FieldError> Validate(CertificateSigningRequest value, CertificateSigningRequest old, bool setsApproval, bool setsCertificate) =>
    [
        .. Conditions(value.Status?.Conditions),
        .. Certificate(value.Status?.Certificate ?? [], old.Status?.Certificate ?? [], setsCertificate),
        .. Changes(value, old, setsApproval),
    ];

    private static IEnumerable<FieldError> Conditions(IReadOnlyList<CertificateSigningRequestCondition>? conditions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (condition, at) in conditions.At(Path))
        {
            var type = condition.Type ?? "";
            if (type.Length == 0)
                yield return FieldError.Required($"{at}.type");
            if (string.IsNullOrEmpty(condition.Status))
                yield return FieldError.Required($"{at}.status");
            else if (Decisions.Contains(type) ? condition.Status != "True" : !Statuses.Contains(condition.Status))
                yield return FieldError.NotSupported($"{at}.status", condition.Status, Decisions.Contains(type) ? ["True"] : Statuses);
            if ((type == "Approved" && seen.Contains("Denied")) || (type == "Denied" && seen.Contains("Approved")))
                yield return FieldError.Invalid($"{at}.type", type, "Approved and Denied conditions are mutually exclusive");
            if (!seen.Add(type))
                yield return FieldError.Duplicate($"{at}.type", type);
        }
    }

    private static IEnumerable<FieldError> Certificate(byte[] value, byte[] old, bool sets)
    {
        if (value.AsSpan().SequenceEqual(old))
            yield break;
        if (CertificateRequestPem.CheckCertificates(value) is { } wrong)
            yield return FieldError.Invalid("status.certificate", "<certificate data>", wrong);
        if (!sets)
            yield return FieldError.Forbidden("status.certificate", "updates may not set certificate content");
        else if (old.Length > 0)
            yield return FieldError.Forbidden("status.certificate", "updates may not modify existing certificate content");
    }

    private static IEnumerable<FieldError> Changes(CertificateSigningRequest value, CertificateSigningRequest old, bool setsApproval)
    {
        foreach (var type in Decisions)
        {
            var (now, before) = (Of(value, type), Of(old, type));
            if (now.Count < before.Count)
                yield return FieldError.Forbidden(Path, $"updates may not remove a condition of type \"{type}\"");
            else if (setsApproval || type == "Failed")
                continue;
            else if (now.Count > before.Count)
                yield return FieldError.Forbidden(Path, $"updates may not add a condition of type \"{type}\"");
            else if (!SemanticEquality.Same(now, before))
                yield return FieldError.Forbidden(Path, $"updates may not modify a condition of type \"{type}\"");
        }
    }

    private static IReadOnlyList<CertificateSigningRequestCondition> Of(CertificateSigningRequest value, string type) =>
        [.. (value.Status?.Conditions ?? []).Where(c => c.Type == type)];
}
