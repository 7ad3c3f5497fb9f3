using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Platform.ServiceDefaults.Pki;

/// <summary>Verifies peers against the cluster's CA alone; what the machine's own certificate store trusts does not count.</summary>
public static class CertificateVerifier
{
    /// <summary>Whether the certificate chains to the authority and is valid at that time.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }

    /// <summary>A callback for clients: the server must be signed by the authority and answer under the name or address that was dialled.</summary>
    public static RemoteCertificateValidationCallback ForServer(X509Certificate2 authority, TimeProvider time) =>
        (_, certificate, _, errors) =>
            certificate is X509Certificate2 peer
            && (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == 0
            && IsSignedBy(peer, authority, time.GetUtcNow());

    /// <summary>A callback for servers that insist on a client certificate of the cluster.</summary>
    public static RemoteCertificateValidationCallback ForClient(X509Certificate2 authority, TimeProvider time) =>
        (_, certificate, _, _) => certificate is X509Certificate2 peer && IsSignedBy(peer, authority, time.GetUtcNow());
}
