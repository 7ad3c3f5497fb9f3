using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.ServiceDefaults;
using Platform.ServiceProxy.Nftables;

namespace Platform.ServiceProxy.Tests;

/// <summary>The service proxy as a whole: the real API server, and the kernel's rules in a network namespace.</summary>
public sealed class ServiceProxyWorkerTests : IDisposable
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;

    private readonly string _sysctls = Directory.CreateTempSubdirectory("platform-sys-").FullName;

    public void Dispose() => Directory.Delete(_sysctls, recursive: true);

    [Fact]
    public async Task Service_and_its_endpoints_become_rules_and_go_with_them()
    {
        if (TestNetwork.MissingReason() is { } missing)
            Assert.Skip(missing);
        using var network = new TestNetwork(0);
        var forward = Path.Combine(_sysctls, "net/ipv4/ip_forward");
        Directory.CreateDirectory(Path.GetDirectoryName(forward)!);
        await File.WriteAllTextAsync(forward, "0\n");
        var nft = new NftCommand(TimeProvider.System, "ip", "netns", "exec", network.Node);
        await using var server = await TestApiServer.StartAsync(new() { Configure = builder => Add(builder, nft) });
        var api = server.ApiClientFor(ComponentIdentity.Administrator);

        var service = await api.Resource<Service>().CreateAsync(
            new() { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80, Protocol = "TCP" }] } }, _deadline);
        var element = $"{service.Spec!.ClusterIP} . tcp . 80 : goto ";
        await UntilAsync(nft, listing => listing.Contains(element + "reject-packet", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(forward)).ShouldBe("1");

        await api.Resource<EndpointSlice>().CreateAsync(
            new()
            {
                Metadata = new() { Name = "web-1", Namespace = "default", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "web" } },
                AddressType = "IPv4",
                Ports = [new() { Port = 8080, Protocol = "TCP" }],
                Endpoints = [new() { Addresses = ["10.64.0.2"], Conditions = new() { Ready = true } }],
            },
            _deadline);
        await UntilAsync(nft, listing => listing.Contains(element + "cluster-", StringComparison.Ordinal)
            && listing.Contains("0 : 10.64.0.2 . 8080", StringComparison.Ordinal));

        await api.Resource<Service>().DeleteAsync("default", "web", cancellationToken: _deadline);
        await UntilAsync(nft, listing => !listing.Contains($"{service.Spec.ClusterIP} ", StringComparison.Ordinal));
    }

    private void Add(IHostApplicationBuilder builder, NftCommand nft)
    {
        builder.Services.AddSingleton(nft);
        builder.Services.AddSingleton(new KernelSettings(_sysctls));
        builder.AddServiceProxy();
    }

    /// <summary>Waits until the kernel's rules are as expected.</summary>
    private Task UntilAsync(NftCommand nft, Func<string, bool> expected) => Eventually.AnswersAsync(
        () => nft.RunAsync(["list", "ruleset"], "", _deadline),
        tables => tables.Contains($"table ip {ServiceProxyTable.Name("00000000")}", StringComparison.Ordinal) && expected(tables),
        "the kernel's rules are not as expected");
}
