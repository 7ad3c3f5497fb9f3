using System.Diagnostics;
using Platform.ServiceProxy.Nftables;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy.Tests;

/// <summary>Loads rules into the kernel, in network namespaces of their own, and sends traffic through them.</summary>
public sealed class RealKernelTests
{
    private const string Address = "http://10.128.0.10/";
    private const string Table = "platform-test";

    private readonly CancellationToken _deadline = new CancellationTokenSource(Eventually.Patience).Token;

    [Fact]
    public async Task Connections_to_a_cluster_IP_go_to_all_endpoints_in_turn()
    {
        using var network = Network(3);
        await network.ServeAsync(0);
        await network.ServeAsync(1);
        await Loader(network).LoadAsync(Rules(Service(), "10.64.0.2", "10.64.0.3"), _deadline);
        foreach (var client in (string[])[network.Pod(2), network.Node, network.Outside, network.Pod(0)])
        {
            List<string> answers = [];
            for (var i = 0; i < 4; i++)
                answers.Add(await TestNetwork.GetAsync(client, Address));
            string.Concat(answers.Order()).ShouldBe("0011", client);
        }
    }

    [Fact]
    public async Task Pod_reaches_itself_through_its_service()
    {
        using var network = Network(1);
        await network.ServeAsync(0);
        await Loader(network).LoadAsync(Rules(Service(), "10.64.0.2"), _deadline);
        (await TestNetwork.GetAsync(network.Pod(0), Address)).ShouldBe("0");
    }

    [Fact]
    public async Task Node_port_is_answered_from_outside_and_from_the_node()
    {
        using var network = Network(1);
        await network.ServeAsync(0);
        await Loader(network).LoadAsync(Rules(Service(nodePort: 30080), "10.64.0.2"), _deadline);
        foreach (var client in (string[])[network.Outside, network.Node, network.Pod(0)])
            (await TestNetwork.GetAsync(client, "http://203.0.113.1:30080/")).ShouldBe("0", client);
    }

    [Fact]
    public async Task Service_without_endpoints_is_refused_at_once_and_works_when_one_comes()
    {
        using var network = Network(2);
        await network.ServeAsync(0);
        var loader = Loader(network);
        (await loader.LoadAsync(Rules(Service(nodePort: 30080)), _deadline)).ShouldBe(LoadOutcome.Full);
        foreach (var client in (string[])[network.Pod(1), network.Node])
            (await TestNetwork.GetAsync(client, Address)).ShouldContain("Couldn't connect", Case.Insensitive, customMessage: client);
        (await TestNetwork.GetAsync(network.Outside, "http://203.0.113.1:30080/")).ShouldContain("Couldn't connect");
        (await TestNetwork.GetAsync(network.Pod(1), "http://10.128.0.10:81/")).ShouldContain("Couldn't connect");

        (await loader.LoadAsync(Rules(Service(nodePort: 30080), "10.64.0.2"), _deadline)).ShouldBe(LoadOutcome.Difference);
        (await TestNetwork.GetAsync(network.Pod(1), Address)).ShouldBe("0");
        (await loader.LoadAsync(Rules(Service(nodePort: 30080)), _deadline)).ShouldBe(LoadOutcome.Difference);
        (await TestNetwork.GetAsync(network.Pod(1), Address)).ShouldContain("Couldn't connect");
    }

    [Fact]
    public async Task Session_affinity_keeps_a_client_at_its_endpoint()
    {
        using var network = Network(3);
        await network.ServeAsync(0);
        await network.ServeAsync(1);
        await Loader(network).LoadAsync(Rules(Service(affinity: true), "10.64.0.2", "10.64.0.3"), _deadline);
        var first = await TestNetwork.GetAsync(network.Pod(2), Address);
        first.ShouldBeOneOf("0", "1");
        for (var i = 0; i < 4; i++)
            (await TestNetwork.GetAsync(network.Pod(2), Address)).ShouldBe(first);
        (await TestNetwork.GetAsync(network.Node, Address)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Difference_of_any_two_cases_leads_to_the_same_table_as_a_full_load()
    {
        using var network = Network(0);
        var nft = Nft(network);
        var cases = GoldenCases.Names().Select(GoldenCases.Compile).Append(RuleSet.Empty).ToList();
        List<string> full = [];
        foreach (var rules in cases)
        {
            await nft.LoadAsync(NftScript.Full(Table, rules), _deadline);
            full.Add(await ListAsync(nft));
        }

        foreach (var from in cases)
        {
            foreach (var (rules, expected) in cases.Zip(full))
            {
                await nft.LoadAsync(NftScript.Full(Table, from), _deadline);
                var difference = NftScript.Difference(Table, from, rules);
                if (difference.Length > 0)
                    await nft.LoadAsync(difference, _deadline);
                (await ListAsync(nft)).ShouldBe(expected);
            }
        }
    }

    [Fact]
    public async Task Table_that_somebody_removed_is_noticed_and_loaded_again()
    {
        using var network = Network(0);
        var (nft, loader) = (Nft(network), Loader(network));
        await loader.LoadAsync(Rules(Service(), "10.64.0.2"), _deadline);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_deadline);
        var noticed = new TaskCompletionSource();
        var monitor = new TableMonitor(nft, Table).RunAsync(() => noticed.TrySetResult(), stop.Token);

        // The monitor has no sign of being ready: remove and make the table until it is noticed.
        while (!noticed.Task.IsCompleted)
        {
            await nft.LoadAsync("flush ruleset\n", _deadline);
            (await loader.TableExistsAsync(_deadline)).ShouldBeFalse();
            (await loader.LoadAsync(Rules(Service(), "10.64.0.3"), _deadline)).ShouldBe(LoadOutcome.Replaced);
            (await loader.LoadAsync(Rules(Service(), "10.64.0.2"), _deadline)).ShouldBe(LoadOutcome.Difference);
        }

        (await loader.TableExistsAsync(_deadline)).ShouldBeTrue();
        await stop.CancelAsync();
        await monitor;
    }

    [Fact]
    public async Task A_monitor_does_not_outlive_the_thread_that_started_it_and_so_no_killed_proxy()
    {
        using var network = Network(0);
        using var mayEnd = new ManualResetEventSlim();
        var started = new TaskCompletionSource<Process>();
        _ = Task.Factory.StartNew(
            () =>
            {
                started.SetResult(Nft(network).StartTied(["monitor", "destroy"]));
                mayEnd.Wait();
            }, _deadline, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var monitor = await started.Task.WaitAsync(_deadline);
        await Eventually.HoldsAsync(async () => await File.ReadAllTextAsync($"/proc/{monitor.Id}/comm") == "nft\n", "it is not on its way to nft");

        mayEnd.Set();

        await monitor.WaitForExitAsync(_deadline);
    }

    private static TestNetwork Network(int pods)
    {
        if (TestNetwork.MissingReason() is { } reason)
            Assert.Skip(reason);
        return new(pods);
    }

    private static NftCommand Nft(TestNetwork network) => new(TimeProvider.System, "ip", "netns", "exec", network.Node);

    private static RuleLoader Loader(TestNetwork network) => new(Nft(network), Table);

    private async Task<string> ListAsync(NftCommand nft)
    {
        // The order in which a set's elements are listed says nothing.
        var listing = await nft.RunAsync(["list", "table", "ip", Table], "", _deadline);
        return string.Join('\n', listing.Split([' ', '\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static string Service(int nodePort = 0, bool affinity = false) =>
        $$"""
          kind: Service
          metadata: {name: web, namespace: default}
          spec:
            clusterIP: 10.128.0.10
            sessionAffinity: {{(affinity ? "ClientIP" : "None")}}
            ports:
            - {port: 80, protocol: TCP, nodePort: {{nodePort}}}
          """;

    private static RuleSet Rules(string service, params string[] endpoints)
    {
        var list = string.Join(", ", endpoints.Select(address => $"{{addresses: [{address}], nodeName: node-1}}"));
        var slice =
            $$"""
              kind: EndpointSlice
              metadata:
                name: web-1
                namespace: default
                labels: {kubernetes.io/service-name: web}
              addressType: IPv4
              ports: [{port: 8080, protocol: TCP}]
              endpoints: [{{list}}]
              """;
        var (services, slices) = GoldenCases.Read(service + "\n---\n" + slice);
        return RuleCompiler.Compile(services, slices, GoldenCases.Settings);
    }
}
