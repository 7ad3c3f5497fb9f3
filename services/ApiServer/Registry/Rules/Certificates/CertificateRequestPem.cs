using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.ApiServer.Registry.Rules.Certificates;

/// <summary>Reads the PEM texts of certificate requests and certificates.</summary>
internal static class CertificateRequestPem
{
    private const string RequestLabel = "CERTIFICATE REQUEST";
    private const string CertificateLabel = "CERTIFICATE";
    private const string OrganizationOid = "2.5.4.10";

    /// <summary>Algorithm whose signatures the platform cannot check.</summary>
    private const string Ed25519Oid = "1.3.101.112";

    /// <summary>The request, its signature checked; an error's text where it is not one.</summary>
    public static string? TryRead(byte[]? pem, out CertificateRequest? request)
    {
        request = null;
        var text = Encoding.UTF8.GetString(pem ?? []);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != RequestLabel)
            return "PEM block type must be CERTIFICATE REQUEST";
        try
        {
            var der = Convert.FromBase64String(text[fields.Base64Data]);
            request = Load(der, CertificateRequestLoadOptions.SkipSignatureValidation);
            if (request.PublicKey.Oid.Value != Ed25519Oid)
                Load(der, CertificateRequestLoadOptions.Default);
            return null;
        }
        catch (CryptographicException e)
        {
            request = null;
            return e.Message;
        }
    }

    /// <summary>The organizations of the request's subject: the groups of the user that the certificate would speak for.</summary>
    public static IEnumerable<string> Organizations(CertificateRequest request)
    {
        var names = new AsnReader(request.SubjectName.RawData, AsnEncodingRules.DER).ReadSequence();
        var found = new List<string>();
        while (names.HasData)
        {
            var parts = names.ReadSetOf(skipSortOrderValidation: true);
            while (parts.HasData)
            {
                var part = parts.ReadSequence();
                if (part.ReadObjectIdentifier() == OrganizationOid)
                    found.Add(part.ReadCharacterString((UniversalTagNumber)part.PeekTag().TagValue));
            }
        }
        return found;
    }

    /// <summary>What is wrong with an issued certificate chain; null where nothing is.</summary>
    public static string? CheckCertificates(byte[]? pem)
    {
        if (pem is not { Length: > 0 })
            return null;
        ReadOnlySpan<char> rest = Encoding.UTF8.GetString(pem);
        var blocks = 0;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (label != CertificateLabel)
                return $"only CERTIFICATE PEM blocks are allowed, found \"{label}\"";
            try
            {
                using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }
            catch (CryptographicException e)
            {
                return e.Message;
            }
            blocks++;
            rest = rest[fields.Location.End..];
        }
        return blocks == 0 ? "must contain one or more CERTIFICATE PEM blocks" : null;
    }

    private static CertificateRequest Load(byte[] der, CertificateRequestLoadOptions options) =>
        CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, options, RSASignaturePadding.Pkcs1);
}
