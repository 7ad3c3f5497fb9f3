using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Platform.ServiceDefaults;

namespace Platform.Client.Transport;

/// <summary>Makes the HTTP client: with a kubeconfig's TLS, or straight into the API server of this process.</summary>
internal static class Connection
{
    /// <summary>Address under which the API server of the same process is called; nothing resolves it.</summary>
    private static readonly Uri InProcessAddress = new("http://api-server/");

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A watch is silent for long, so pings find out when the other side is gone.</summary>
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    public static HttpClient InProcess(IInProcessApi api, ComponentIdentity identity, TimeProvider time) =>
        Client(new TraceContextHandler(api.Connect(identity)), InProcessAddress, identity.Component, time);

    public static HttpClient ByKubeconfig(Kubeconfig config, string userAgent, TimeProvider time)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = Tls(config),
        };
        if (config.TokenFile is not null)
            handler = new TokenFileHandler(handler, config.TokenFile, time);
        var client = Client(handler, config.Server, userAgent, time);
        if (config.Token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", config.Token);
        return client;
    }

    private static HttpClient Client(HttpMessageHandler handler, Uri address, string userAgent, TimeProvider time)
    {
        var client = new HttpClient(new RetryHandler(handler, time))
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan, // Watches last; the other calls bound themselves.
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("platform-" + userAgent);
        return client;
    }

    private static SslClientAuthenticationOptions Tls(Kubeconfig config)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = config.ServerName };
        if (config.Certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(config.Certificate, additionalCertificates: null, offline: true);
        if (config.Insecure)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (config.Authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(config.Authorities);
        }
        return options;
    }
}
