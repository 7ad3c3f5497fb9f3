using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.ApiServer;
using Platform.ApiServer.Bootstrap;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Watching;
using Platform.Client;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.Testing;

/// <summary>What a test wants of its API server.</summary>
public sealed record TestApiServerOptions
{
    /// <summary>Clock of the server; the machine's unless set.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Also opens a TLS port, see <see cref="TestApiServer.TlsAddress"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>
    /// Gives pods a service account and its token, as a cluster does. Off by default, since that waits for accounts that a controller makes in
    /// each namespace, which a test of something else does not run.
    /// </summary>
    public bool ServiceAccounts { get; init; }

    /// <summary>Seed of generated names and uids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Adds services, or a component under test, to the server's host.</summary>
    public Action<IHostApplicationBuilder>? Configure { get; init; }
}

/// <summary>
/// The real API server over the in-memory store, in a temporary folder, reached in process. Started and ready when the factory method returns;
/// disposing stops it and removes the folder.
/// </summary>
public sealed class TestApiServer : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly List<IDisposable> _clients = [];

    private TestApiServer(IHost host, string dataDirectory, TimeProvider time)
    {
        _host = host;
        DataDirectory = dataDirectory;
        Time = time;
    }

    public string DataDirectory { get; }

    public TimeProvider Time { get; }

    public IServiceProvider Services => _host.Services;

    public ClusterSettings Settings => _host.Services.GetRequiredService<ClusterSettings>();

    public ClusterIdentityFiles Identities => _host.Services.GetRequiredService<ClusterIdentityFiles>();

    /// <summary>Where the TLS port listens.</summary>
    public Uri TlsAddress => new($"https://127.0.0.1:{_host.Services.GetRequiredService<ApiServerHost>().Port}/");

    public static async Task<TestApiServer> StartAsync(TestApiServerOptions? options = null)
    {
        options ??= new();
        var data = Directory.CreateTempSubdirectory("platform-test-").FullName;
        var settings = new ClusterSettings { Id = "00000000", ApiPort = 0, PodCidr = "10.64.0.0/16", ServiceCidr = "10.128.0.0/16", Store = "memory" };
        settings.Save(data);
        if (options.Tls || options.ServiceAccounts)
            new ClusterIdentityFiles(new(data), options.Time).EnsureControlPlane(settings);

        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Data"] = data,
            ["Platform:ApiServer:Tls"] = options.Tls ? "true" : "false",
            ["Platform:ApiServer:DisableAdmission"] = options.ServiceAccounts ? "" : "ServiceAccountAdmission",
        });
        builder.Services.AddSingleton(options.Time);
        var seed = options.Seed;
        builder.Services.AddTransient(_ => new Random(Interlocked.Increment(ref seed)));
        builder.AddApiServer();
        options.Configure?.Invoke(builder);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var host = builder.Build();
        var server = new TestApiServer(host, data, options.Time);
        try
        {
            await host.StartAsync();
            await host.Services.GetRequiredService<ClusterBootstrap>().Completed;
            await server.SettledAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A plain HTTP client whose requests come from the identity.</summary>
    public HttpClient ClientFor(ComponentIdentity identity) => Keep(new HttpClient(_host.Services.GetRequiredService<IInProcessApi>().Connect(identity))
    {
        BaseAddress = new("http://api-server/"),
    });

    /// <summary>The typed client whose requests come from the identity.</summary>
    public IApiClient ApiClientFor(ComponentIdentity identity) =>
        Keep(ApiClientFactory.InProcess(_host.Services.GetRequiredService<IInProcessApi>(), identity, Time));

    /// <summary>
    /// Waits until the server's own parts (roles, admission) see everything that was written before. As in any cluster they follow the writes
    /// a moment later.
    /// </summary>
    public Task SettledAsync() => _host.Services.GetRequiredService<WatchCaches>().FreshAsync(CancellationToken.None).AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _host.StopAsync();
        if (_host is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            _host.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
