using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Platform.ApiServer.Authentication;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// TLS of the API port. A client certificate is asked for and never required; the handshake accepts any, and the user is worked out right after
/// it against the cluster's CA, so that a foreign certificate gets a 401 with a Status and not a broken connection. One options object for all
/// connections lets OpenSSL resume sessions, which saves the signature and the certificate's verification.
/// </summary>
internal sealed class TlsEndpoint(ClusterIdentityFiles identities, ClusterSettings settings, TimeProvider time)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private volatile CertificateUsers _users = null!;
    private volatile SslServerAuthenticationOptions _options = null!;

    /// <summary>Loads the certificates, making those anew that are missing or about to expire. Called again from time to time.</summary>
    public void Load()
    {
        identities.EnsureControlPlane(settings);
        var authority = identities.LoadAuthority();
        _users = new(authority);
        _options = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(identities.LoadServer(), [authority], offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            // Without it a chain to each of the machine's own authorities is tried, which costs more than all the rest of a handshake.
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            AllowTlsResume = true,
        };
    }

    public void Configure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => new(_options),
            HandshakeTimeout = HandshakeTimeout,
        });
        listen.Use(next => connection =>
        {
            var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
            connection.Features.Set(_users.Of(certificate, time.GetUtcNow()));
            return next(connection);
        });
    }
}
