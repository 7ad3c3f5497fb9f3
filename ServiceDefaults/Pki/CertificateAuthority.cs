using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.ServiceDefaults.Pki;

/// <summary>
/// The cluster's own authority. Made once; everything that connects to the API server or to a node agent trusts this certificate and
/// nothing else. Keys are ECDSA P-256: small, and quick to make and to sign with.
/// </summary>
internal sealed class CertificateAuthority(X509Certificate2 certificate)
{
    private const int AuthorityYears = 10;
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(365);

    /// <summary>A certificate is made anew when it has less than this left.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    /// <summary>Clocks of other machines may be behind by this much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public string CertificatePem { get; } = certificate.ExportCertificatePem();

    public static CertificateAuthority LoadOrCreate(string folder, TimeProvider time)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=platform-ca", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            var now = time.GetUtcNow();
            using var made = request.CreateSelfSigned(now - ClockSkew, now.AddYears(AuthorityYears));
            // The certificate comes last: where it exists, its key does too.
            PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
            PrivateFile.Write(certificateFile, made.ExportCertificatePem());
        }

        return new(X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
    }

    /// <summary>Makes the certificate and key files where they are missing, about to expire, or do not say what the profile says. True where it did.</summary>
    public bool Ensure(string folder, string name, CertificateProfile profile, TimeProvider time)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder, name + ".crt"), Path.Combine(folder, name + ".key"));
        if (File.Exists(certificateFile) && File.Exists(keyFile) && IsGood(certificateFile, keyFile, profile, time))
            return false;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(key, profile, time);
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, issued.ExportCertificatePem());
        return true;
    }

    private X509Certificate2 Issue(ECDsa key, CertificateProfile profile, TimeProvider time)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var organization in profile.Organizations)
            subject.AddOrganizationName(organization);
        subject.AddCommonName(profile.CommonName);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(profile.IsServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        if (profile.IsServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var dns in profile.DnsNames)
                names.AddDnsName(dns);
            foreach (var address in profile.Addresses)
                names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        var now = time.GetUtcNow();
        var until = now + CertificateLifetime;
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7f;
        return request.Create(certificate, now - ClockSkew, until < certificate.NotAfter ? until : certificate.NotAfter, serial);
    }

    private bool IsGood(string certificateFile, string keyFile, CertificateProfile profile, TimeProvider time)
    {
        using var present = TryLoad(certificateFile, keyFile);
        if (present is null)
            return false;
        if (present.NotAfter - time.GetUtcNow().UtcDateTime < RenewBefore || present.Issuer != certificate.Subject)
            return false;
        if (!CertificateVerifier.IsSignedBy(present, certificate, time.GetUtcNow()))
            return false;
        if (!profile.IsServer)
            return true;
        var names = present.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is not null
            && profile.DnsNames.All(n => names.EnumerateDnsNames().Contains(n, StringComparer.OrdinalIgnoreCase))
            && profile.Addresses.All(a => names.EnumerateIPAddresses().Contains(a));
    }

    // A crash between the two files leaves a key that is not the certificate's; both are then made anew.
    private static X509Certificate2? TryLoad(string certificateFile, string keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
