using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.ServiceDefaults;

namespace Platform.Clients.Tests;

/// <summary>An API server on a TLS port with a kubeconfig, and a node whose agent is a stand-in.</summary>
public sealed class ClientFixture : IAsyncLifetime
{
    private StandInAgent _agent = null!;

    public TestApiServer Server { get; private set; } = null!;

    public string Kubeconfig { get; private set; } = "";

    private HttpClient Http => field ??= Server.ClientFor(ComponentIdentity.Administrator);

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

    /// <summary>
    /// Makes a client the administrator's, and gives it a home of its own: kubectl and Helm remember there what an address served, and another test's server may
    /// have had the same address.
    /// </summary>
    public Dictionary<string, string> Environment => new() { ["KUBECONFIG"] = Kubeconfig, ["HOME"] = Path.Combine(Server.DataDirectory, "home") };

    /// <summary>Runs a client that has to succeed.</summary>
    public async Task<string> SucceedAsync(string program, params string[] arguments)
    {
        var (code, text) = await ClientProgram.RunAsync(program, arguments, Environment);
        code.ShouldBe(0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}\n{text}");
        return text.Trim();
    }

    /// <summary>Runs a client that has to fail.</summary>
    public async Task<string> FailAsync(string program, params string[] arguments)
    {
        var (code, text) = await ClientProgram.RunAsync(program, arguments, Environment);
        code.ShouldBeGreaterThan(0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}\n{text}");
        return text.Trim();
    }

    /// <summary>An object as the server has it, past the client's own word; null where there is none.</summary>
    public async Task<JsonNode?> FindAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    /// <summary>A change by somebody else.</summary>
    public async Task MergeAsync(string path, string patch)
    {
        using var content = new StringContent(patch, MediaTypeHeaderValue.Parse("application/merge-patch+json"));
        using var answer = await Http.PatchAsync(path, content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await Server.DisposeAsync();
    }
}
