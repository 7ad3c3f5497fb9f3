using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.ApiServer.Authentication;

/// <summary>
/// Who the holders of client certificates are. A component makes many connections with one certificate, and kubectl one for each command: that an authority
/// has signed it is found out once, and only its time looked at afterwards.
/// </summary>
internal sealed class CertificateUsers(X509Certificate2 authority)
{
    /// <summary>Certificates that are remembered; others are verified each time.</summary>
    private const int MostKnown = 1_024;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public ConnectionUser Of(X509Certificate2? certificate, DateTimeOffset now)
    {
        if (certificate is null)
            return ConnectionUser.Unknown;
        var fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (_known.TryGetValue(fingerprint, out var known) && known.From <= now && now <= known.To)
            return known.User;
        var user = ConnectionUser.From(certificate, authority, now);
        if (user.User is not null && _known.Count < MostKnown)
            _known[fingerprint] = new(user, certificate.NotBefore, certificate.NotAfter);
        return user;
    }

    private sealed record Known(ConnectionUser User, DateTimeOffset From, DateTimeOffset To);
}
