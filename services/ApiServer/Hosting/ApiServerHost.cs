using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.ApiServer.Hosting.InProcess;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Hosting;

/// <summary>How the server is reached.</summary>
/// <param name="Tls">Whether the API port is open; without it only this process can connect.</param>
internal sealed record ApiServerEndpoints(bool Tls);

/// <summary>
/// The web server of the API. It is a host within the host, with Kestrel and one delegate and nothing else, so that in the all-in-one process other
/// services (node agent, dashboard) can have web servers with rules of their own beside it.
/// </summary>
internal sealed class ApiServerHost(
    RequestPipeline pipeline,
    InProcessTransport inProcess,
    TlsEndpoint tls,
    ApiServerEndpoints endpoints,
    ClusterSettings settings,
    ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private WebApplication? _web;

    /// <summary>The port that clients reach; 0 where there is none.</summary>
    public int Port { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, SharedMemoryPoolFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(inProcess);
        builder.WebHost.ConfigureKestrel(Configure);
        _web = builder.Build();
        _web.Run(pipeline.InvokeAsync);
        await _web.StartAsync(cancellationToken);
        Port = endpoints.Tls ? BoundPort(_web) : 0;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        pipeline.EndLongRunning();
        return _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? default;

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ApiServerLimits.RequestBodyBytes;
        kestrel.Limits.MaxRequestLineSize = ApiServerLimits.RequestLineBytes;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = ApiServerLimits.RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = ApiServerLimits.RequestHeaderBytes;
        kestrel.Limits.MaxConcurrentConnections = ApiServerLimits.Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = ApiServerLimits.Connections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = ApiServerLimits.StreamsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = ApiServerLimits.KeepAlivePingDelay;
        // Watches may be silent for long; the watch cache cuts off those that fall behind.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(InProcessEndPoint.Instance, listen => listen.Protocols = HttpProtocols.Http1);
        if (!endpoints.Tls)
            return;
        tls.Load();
        if (settings.ApiPort == 0)
            kestrel.Listen(IPAddress.Loopback, 0, tls.Configure);
        else
            kestrel.ListenAnyIP(settings.ApiPort, tls.Configure);
    }

    private static int BoundPort(WebApplication web) => web.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses
        .Where(a => a.StartsWith("https", StringComparison.Ordinal))
        .Select(a => BindingAddress.Parse(a).Port)
        .First();

    // The outer host alone hears signals.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
