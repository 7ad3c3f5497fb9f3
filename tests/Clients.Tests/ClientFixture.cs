using Platform.Api.Core.V1;
using Platform.ServiceDefaults;
using Platform.Testing;

namespace Platform.Clients.Tests;

/// <summary>An API server on a TLS port with a kubeconfig, and a node whose agent is a stand-in.</summary>
public sealed class ClientFixture : IAsyncLifetime
{
    private StandInAgent _agent = null!;

    public TestApiServer Server { get; private set; } = null!;

    public string Kubeconfig { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await TestApiServer.StartAsync(new() { Tls = true });
        // The port is known only now.
        Kubeconfig = Path.Combine(Server.DataDirectory, "client.kubeconfig");
        var text = await File.ReadAllTextAsync(new DataLayout(Server.DataDirectory).AdminKubeconfig);
        await File.WriteAllTextAsync(Kubeconfig, text.Replace("https://127.0.0.1:0", Server.TlsAddress.ToString().TrimEnd('/'), StringComparison.Ordinal));
        _agent = await StandInAgent.StartAsync(Server);
        var nodes = Server.ApiClientFor(ComponentIdentity.Administrator).Resource<Node>();
        var node = await nodes.CreateAsync(new() { Metadata = new() { Name = StandInAgent.Node } });
        await nodes.UpdateStatusAsync(node with
        {
            Status = new()
            {
                Addresses = [new() { Type = "InternalIP", Address = "127.0.0.1" }],
                DaemonEndpoints = new() { KubeletEndpoint = new() { Port = _agent.Port } },
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await Server.DisposeAsync();
    }
}
