using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Api.Authentication.V1;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Authentication;

/// <summary>
/// Who is at the other end of a connection: a feature of the connection, worked out once when it is made and not again for each request.
/// </summary>
/// <param name="User">The user; null where the connection does not say.</param>
/// <param name="Rejected">Whether a certificate was shown that is not of this cluster.</param>
internal sealed record ConnectionUser(UserInfo? User, bool Rejected = false)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private const string CredentialId = "authentication.kubernetes.io/credential-id";

    public static readonly ConnectionUser Unknown = new((UserInfo?)null);

    /// <summary>A component in this process: trusted, since it could read the keys anyway.</summary>
    public static ConnectionUser From(ComponentIdentity identity) =>
        new(new UserInfo { Username = identity.User, Groups = [.. identity.Groups, RequestAuthentication.AuthenticatedGroup] });

    /// <summary>The common name is the user, organisations are groups.</summary>
    public static ConnectionUser From(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        if (!CertificateVerifier.IsSignedBy(certificate, authority, now) || !IsForClients(certificate))
            return new(null, Rejected: true);
        var name = "";
        List<string> groups = [];
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
                continue;
            if (part.GetSingleElementType().Value == CommonName)
                name = part.GetSingleElementValue() ?? "";
            else if (part.GetSingleElementType().Value == Organization)
                groups.Add(part.GetSingleElementValue() ?? "");
        }

        if (name.Length == 0)
            return new(null, Rejected: true);
        var fingerprint = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return new(new UserInfo
        {
            Username = name,
            Groups = [.. groups, RequestAuthentication.AuthenticatedGroup],
            Extra = new Dictionary<string, IReadOnlyList<string>> { [CredentialId] = ["X509SHA256=" + fingerprint] },
        });
    }

    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage
        && usage.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == "1.3.6.1.5.5.7.3.2");
}
