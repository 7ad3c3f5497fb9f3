using System.Net;

namespace Platform.ServiceDefaults.Pki;

/// <summary>What a certificate says and may be used for.</summary>
/// <param name="CommonName">Of a client: the user's name.</param>
/// <param name="Organizations">Of a client: the user's groups.</param>
/// <param name="DnsNames">Names that a server answers under.</param>
/// <param name="Addresses">Addresses that a server answers under.</param>
internal sealed record CertificateProfile(
    string CommonName,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> DnsNames,
    IReadOnlyList<IPAddress> Addresses)
{
    public bool IsServer => DnsNames.Count + Addresses.Count > 0;

    public static CertificateProfile Client(ComponentIdentity identity) => new(identity.User, identity.Groups, [], []);

    public static CertificateProfile Server(string commonName, IReadOnlyList<string> organizations, IEnumerable<string> dnsNames, IEnumerable<IPAddress> addresses) =>
        new(commonName, organizations, [.. dnsNames.Distinct(StringComparer.OrdinalIgnoreCase)], [.. addresses.Distinct()]);
}
