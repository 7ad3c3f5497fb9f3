using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.ApiServer.Proxying;

/// <summary>
/// Whether the certificate of a webhook or extension server is one to trust. The framework says only that it is not; operators know the reasons in the words
/// of upstream's TLS library, and search for them: who signed it, what names it has, and until when it is valid.
/// </summary>
/// <param name="bundle">Authorities that may have signed it, as PEM; null: those that the machine trusts.</param>
/// <param name="time">Now, for certificates that end.</param>
internal sealed class ServerCertificate(byte[]? bundle, TimeProvider time)
{
    private readonly X509Certificate2Collection? _authorities = Parse(bundle);

    /// <summary>The callback of a TLS connection.</summary>
    /// <exception cref="AuthenticationException">The certificate is not to be trusted; the message says why.</exception>
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 peer || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            throw new AuthenticationException("x509: the server has shown no certificate");
        var host = (sender as SslStream)?.TargetHostName ?? "";
        var fault = Ended(peer) ?? (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? Misnamed(peer, host) : null);
        if (fault is null && !(_authorities is { } authorities ? IsSigned(peer, presented, authorities) : !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)))
            fault = "certificate signed by unknown authority";
        return fault is null ? true : throw new AuthenticationException("x509: " + fault);
    }

    private static X509Certificate2Collection? Parse(byte[]? bundle)
    {
        if (bundle is not { Length: > 0 })
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.UTF8.GetString(bundle));
        return authorities;
    }

    private string? Ended(X509Certificate2 peer)
    {
        var (now, from, until) = (time.GetUtcNow(), peer.NotBefore.ToUniversalTime(), peer.NotAfter.ToUniversalTime());
        const string Fault = "certificate has expired or is not yet valid: current time";
        return now < from ? $"{Fault} {Text(now)} is before {Text(from)}" : now > until ? $"{Fault} {Text(now)} is after {Text(until)}" : null;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Misnamed(X509Certificate2 peer, string host)
    {
        if (peer.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is not { } names)
            return "certificate relies on legacy Common Name field, use SANs instead";
        var isAddress = IPAddress.TryParse(host, out _);
        var valid = string.Join(", ", isAddress ? names.EnumerateIPAddresses().Select(a => a.ToString()) : names.EnumerateDnsNames());
        return valid.Length > 0 ? $"certificate is valid for {valid}, not {host}"
            : isAddress ? $"cannot validate certificate for {host} because it doesn't contain any IP SANs"
            : $"certificate is not valid for any names, but wanted to match {host}";
    }

    private bool IsSigned(X509Certificate2 peer, X509Chain? presented, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        if (chain.Build(peer))
            return true;
        // A bundle may hold the server's own certificate, or an intermediate one, rather than a root: what is in it is trusted.
        return chain.ChainStatus.All(s => s.Status is X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot)
            && chain.ChainElements.Any(e => authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(e.Certificate.RawDataMemory.Span)));
    }
}
