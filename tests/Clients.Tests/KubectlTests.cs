using System.Diagnostics;

namespace Platform.Clients.Tests;

/// <summary>The parts of kubectl that go through the server to somewhere else, or look at what it serves.</summary>
public sealed class KubectlTests(ClientFixture fixture) : IClassFixture<ClientFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Raw_requests_reach_the_server_and_through_it_a_node()
    {
        (await RunAsync("get", "--raw", "/readyz")).ShouldBe("ok");
        (await RunAsync("get", "--raw", "/api/v1/nodes/stand-in/proxy/healthz")).ShouldBe("ok");
    }

    [Fact]
    public async Task Api_services_are_listed_as_local_and_available() =>
        (await RunAsync("get", "apiservices", "v1.apps", "-o", "jsonpath={.status.conditions[0].reason} {.status.conditions[0].status}")).ShouldBe("Local True");

    [Fact]
    public async Task Cluster_info_names_the_server() => (await RunAsync("cluster-info")).ShouldContain(fixture.Server.TlsAddress.ToString().TrimEnd('/'));

    [Fact]
    public async Task Proxy_serves_the_api_without_credentials()
    {
        var info = new ProcessStartInfo(Kubectl(), ["--kubeconfig", fixture.Kubeconfig, "proxy", "--port=0"]) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            using var http = new HttpClient { BaseAddress = new($"http://{line!.Split(' ')[^1]}/") };
            (await http.GetStringAsync("api/v1/namespaces/default", limit.Token)).ShouldContain("\"kind\":\"Namespace\"");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (code, text) = await ClientProgram.RunAsync(Kubectl(), ["--kubeconfig", fixture.Kubeconfig, .. arguments]);
        code.ShouldBe(0, text);
        return text.Trim();
    }

    private static string Kubectl()
    {
        var kubectl = ClientProgram.Find("kubectl");
        Assert.SkipWhen(kubectl is null, "there is no kubectl");
        return kubectl!;
    }
}
