using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Hosting;

/// <summary>A GET with the target written as given: HTTP clients resolve <c>..</c> and unescape before they send.</summary>
internal static class RawRequest
{
    public static async Task<string> SendAsync(TestApiServer server, string target)
    {
        using var end = new CancellationTokenSource(Eventually.Patience);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.TlsAddress.Host, server.TlsAddress.Port, end.Token);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = server.TlsAddress.Host,
            RemoteCertificateValidationCallback = CertificateVerifier.ForServer(server.Identities.LoadAuthority(), server.Time),
            ClientCertificateContext = SslStreamCertificateContext.Create(server.Identities.LoadClient(ComponentIdentity.Administrator), null, offline: true),
        }, end.Token);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {server.TlsAddress.Authority}\r\nConnection: close\r\n\r\n"), end.Token);
        using var answer = new StreamReader(tls);
        return await answer.ReadToEndAsync(end.Token);
    }
}
