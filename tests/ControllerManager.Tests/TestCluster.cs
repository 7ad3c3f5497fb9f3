using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Client;
using Platform.ControllerManager.RootCertificates;
using Platform.ServiceDefaults;

namespace Platform.ControllerManager.Tests;

/// <summary>The real API server over the in-memory store with all controllers in its host, and a fake kubelet.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly TestApiServer _server;
    private readonly Queue<IHost> _controllers = [];

    private TestCluster(TestApiServer server)
    {
        _server = server;
        Api = server.ApiClientFor(ComponentIdentity.Administrator);
    }

    public IApiClient Api { get; }

    public TimeProvider Time => _server.Time;

    public static async Task<TestCluster> StartAsync(TimeProvider? time = null, bool controllers = true)
    {
        var server = await TestApiServer.StartAsync(new() { Time = time ?? TimeProvider.System });
        var cluster = new TestCluster(server);
        if (controllers)
            await cluster.StartControllersAsync();
        return cluster;
    }

    /// <summary>Starts the controller manager in a host of its own, so that it can be restarted while the server goes on.</summary>
    /// <param name="elected">Whether it contends for the lease, so that one that is started beside another stands by.</param>
    public async Task StartControllersAsync(bool elected = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Platform:Data"] = _server.DataDirectory;
        builder.Configuration["Platform:LeaderElect"] = elected ? "true" : "false";
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_server.Time);
        builder.Services.AddSingleton(_server.Services.GetRequiredService<IInProcessApi>());
        builder.Services.TryAddSingleton(new RootCertificate("-----BEGIN CERTIFICATE-----\ntest\n-----END CERTIFICATE-----\n"));
        builder.AddControllerManager();
        var host = builder.Build();
        _controllers.Enqueue(host);
        await host.StartAsync();
    }

    /// <summary>Stops the controller manager that was started first.</summary>
    public async Task StopControllersAsync()
    {
        var host = _controllers.Dequeue();
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>Waits by watching until the collection is as wanted.</summary>
    public Task<IReadOnlyList<T>> UntilAsync<T>(Func<IReadOnlyList<T>, bool> wanted, string ns = "default", string? because = null)
        where T : KubernetesObject => Api.Resource<T>().UntilAsync(ns.Length == 0 ? null : ns, wanted, because);

    public Task<T> CreateAsync<T>(T value)
        where T : KubernetesObject => Api.Resource<T>().CreateAsync(value);

    public Task<Deployment> ScaleOrChangeAsync(string name, Func<Deployment, Deployment> change) =>
        Api.Resource<Deployment>().UpdateWithRetryAsync("default", name, change);

    public async ValueTask DisposeAsync()
    {
        while (_controllers.Count > 0)
            await StopControllersAsync();
        await _server.DisposeAsync();
    }
}
