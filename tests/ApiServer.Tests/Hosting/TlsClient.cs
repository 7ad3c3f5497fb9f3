using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Hosting;

/// <summary>Clients of a test server's TLS port.</summary>
internal static class TlsClient
{
    public static HttpClient Anonymous(TestApiServer server) => With(server, null);

    public static HttpClient For(TestApiServer server, ComponentIdentity identity) => With(server, server.Identities.LoadClient(identity));

    public static HttpClient With(TestApiServer server, X509Certificate2? certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = CertificateVerifier.ForServer(server.Identities.LoadAuthority(), server.Time),
        };
        if (certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new(new SocketsHttpHandler { SslOptions = options }) { BaseAddress = server.TlsAddress };
    }
}
