using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.NodeAgent.Server;

/// <summary>
/// The node's HTTPS endpoints, with the kubelet's paths. Only the API server may call them: the client must show a certificate of the cluster's
/// authority for the API server's own identity or for an administrator; the API server has authorised the user by then.
/// </summary>
internal sealed partial class NodeServer(
    NodeAgentOptions options, ClusterSettings cluster, PodServices services, PodWorkers workers, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private const string AdministratorGroup = "system:masters";
    private readonly ILogger _logger = loggers.CreateLogger<NodeServer>();
    private WebApplication? _app;

    /// <summary>Starts listening.</summary>
    /// <returns>The port; 0 where the node has no certificate to serve with.</returns>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        var identities = new ClusterIdentityFiles(new(Path.GetFullPath(options.DataDirectory)), time);
        if (!File.Exists(Path.Combine(new DataLayout(options.DataDirectory).Pki, $"node-{options.Name}-serving.crt")))
        {
            LogNoCertificate(_logger, options.Name);
            return 0;
        }

        var certificate = identities.LoadNodeServing(options.Name);
        var authority = identities.LoadAuthority();
        // An empty one: the others watch their folder for settings, and ours, the data folder, has every file of every container in it.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, options.Port > 0 ? options.Port : cluster.AgentPort, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (peer, _, _) => CertificateVerifier.IsSignedBy(peer, authority, time.GetUtcNow()) && MayCall(peer);
        })));
        _app = builder.Build();
        Map(_app);
        await _app.StartAsync(cancellationToken);
        return new Uri(_app.Urls.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Map(WebApplication app)
    {
        // Logs that are followed and sessions last as long as their clients like; a node that stops does not wait for them.
        app.Use(async (context, next) =>
        {
            await using var ending = app.Lifetime.ApplicationStopping.UnsafeRegister(static c => ((HttpContext)c!).Abort(), context);
            await next(context);
        });
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/pods", () => TypedResults.Bytes(
            Api.Json.ApiJson.Encode(new Api.KubernetesList<Pod> { ApiVersion = "v1", Kind = "PodList", Items = workers.Pods }), "application/json"));
        var logs = new ContainerLogsEndpoint(services, workers);
        app.MapGet("/containerLogs/{ns}/{pod}/{container}", logs.HandleAsync);
        app.UseWebSockets();
        var sessions = new SessionEndpoints(services, workers);
        string[] either = ["GET", "POST"]; // WebSocket begins with GET, SPDY with either
        app.MapMethods("/exec/{ns}/{pod}/{container}", either, sessions.ExecAsync);
        app.MapMethods("/attach/{ns}/{pod}/{container}", either, sessions.AttachAsync);
        app.MapMethods("/portForward/{ns}/{pod}", either, sessions.PortForwardAsync);
    }

    /// <summary>Whether the certificate is the API server's or an administrator's.</summary>
    internal static bool MayCall(X509Certificate2 peer)
    {
        const string commonName = "2.5.4.3", organization = "2.5.4.10";
        return peer.SubjectName.EnumerateRelativeDistinguishedNames().Any(part =>
            (part.GetSingleElementType().Value == commonName && part.GetSingleElementValue() == ComponentIdentity.ApiServer.User)
            || (part.GetSingleElementType().Value == organization && part.GetSingleElementValue() == AdministratorGroup));
    }

    /// <summary>The outer host alone hears signals.</summary>
    private sealed class OuterLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} has no serving certificate: logs, exec and port-forward will not work")]
    private static partial void LogNoCertificate(ILogger logger, string node);
}
