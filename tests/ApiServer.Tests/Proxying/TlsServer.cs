using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.ApiServer.Tests.Proxying;

/// <summary>A real HTTPS server in the test: a webhook, or an extension server. Its certificate is its own authority.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly X509Certificate2 _certificate;

    private TlsServer(WebApplication web, X509Certificate2 certificate) => (_web, _certificate) = (web, certificate);

    public int Port { get; private set; }

    public string Url => $"https://127.0.0.1:{Port}";

    /// <summary>What clients must trust, as a <c>caBundle</c> has it.</summary>
    public string CaBundle => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(_certificate.ExportCertificatePem()));

    public static async Task<TlsServer> StartAsync(RequestDelegate handler, string? dnsName = null, bool everywhere = false)
    {
        var certificate = SelfSigned(dnsName);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(everywhere ? IPAddress.Any : IPAddress.Loopback, 0, l => l.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        var web = builder.Build();
        web.UseWebSockets();
        web.Run(handler);
        await web.StartAsync();
        return new(web, certificate)
        {
            Port = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port,
        };
    }

    /// <summary>An address of this machine that is not loopback, which the proxy subresources refuse.</summary>
    public static string HostAddress => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .First(a => a.Address.AddressFamily == AddressFamily.InterNetwork).Address.ToString();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static X509Certificate2 SelfSigned(string? dnsName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (dnsName is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UnixEpoch.AddYears(40);
        return request.CreateSelfSigned(now, now.AddYears(100));
    }
}
