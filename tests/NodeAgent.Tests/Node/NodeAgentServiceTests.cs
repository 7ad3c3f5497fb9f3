using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.Client;
using Platform.NodeAgent.Containerd;
using Platform.NodeAgent.Tests.Containerd;
using Platform.NodeAgent.Tests.Support;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.NodeAgent.Tests.Node;

/// <summary>The whole node agent against the real API server in the same process.</summary>
public sealed class NodeAgentServiceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_simulated_node_becomes_ready_and_runs_a_pod_to_its_end()
    {
        await using var server = await StartAsync("simulated");
        var client = server.ApiClientFor(ComponentIdentity.Administrator);
        var node = await UntilAsync<Api.Core.V1.Node>(client, null, "node-1", n => IsReady(n));
        node.Status!.NodeInfo!.ContainerRuntimeVersion.ShouldBe("simulated://1.0");
        node.Metadata.Labels!["kubernetes.io/hostname"].ShouldBe("node-1");

        var pod = await client.Resource<Pod>().CreateAsync(Bound("web"));
        var running = await UntilAsync<Pod>(client, "default", "web", p => p.Status?.Phase == "Running" && p.Status.Condition("Ready") == "True");
        running.Status!.HostIP.ShouldNotBeNullOrEmpty();
        running.Status.ContainerStatuses![0].ContainerID.ShouldStartWith("simulated://");

        await client.Resource<Pod>().DeleteAsync("default", "web");
        await UntilGoneAsync(client, "web", pod.Metadata.Uid!);
    }

    [Fact]
    public async Task A_node_with_its_own_containerd_runs_a_pod_that_is_created_through_the_API()
    {
        Assert.SkipWhen(ContainerdFixture.WhyNot is not null, ContainerdFixture.WhyNot ?? "");
        await using var server = await StartAsync("containerd");
        var layout = new NodeLayout(new DataLayout(server.DataDirectory).Node("node-1"));
        try
        {
            var client = server.ApiClientFor(ComponentIdentity.Administrator);
            var early = await UntilAsync<Api.Core.V1.Node>(client, null, "node-1", _ => true);
            early.Status!.Conditions!.First(c => c.Type == "Ready").Message!.ShouldContain("NetworkPluginNotReady");
            var cidr = "{\"spec\":{\"podCIDR\":\"10.64.3.0/24\",\"podCIDRs\":[\"10.64.3.0/24\"]}}"u8.ToArray();
            await client.Resource<Api.Core.V1.Node>().PatchAsync(null, "node-1", PatchType.Merge, cidr);
            await UntilAsync<Api.Core.V1.Node>(client, null, "node-1", IsReady);
            await ImageImport.ImportAsync(layout.ContainerdSocket, ContainerdFixture.Busybox(), CancellationToken.None);
            for (var i = 0; i < 5; i++)
            {
                var since = TimeProvider.System.GetTimestamp();
                var pod = await client.Resource<Pod>().CreateAsync(Bound("web-" + i));
                await UntilAsync<Pod>(client, "default", "web-" + i, p => p.Status?.Condition("Ready") == "True");
                output.WriteLine($"POST to Ready: {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms");
                var log = $"/api/v1/namespaces/default/pods/web-{i}/log?tailLines=1";
                await Eventually.AnswersAsync(() => client.Http.GetStringAsync(log), text => text == "started\n", "the log does not end as it should");
                since = TimeProvider.System.GetTimestamp();
                await client.Resource<Pod>().DeleteAsync("default", "web-" + i, new() { GracePeriodSeconds = 1 });
                await UntilGoneAsync(client, "web-" + i, pod.Metadata.Uid!);
                output.WriteLine($"DELETE to gone: {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms");
            }
        }
        finally
        {
            await server.Services.GetRequiredService<NodeAgentService>().StopAsync(CancellationToken.None);
            await NodeReset.RunAsync(layout, server.Settings.Id, "node-1", TimeProvider.System, CancellationToken.None);
        }
    }

    private static Task<TestApiServer> StartAsync(string runtime) => TestApiServer.StartAsync(new()
    {
        Tls = true,
        Configure = builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Platform:Node:Name"] = "node-1",
                ["Platform:Node:Runtime"] = runtime,
                ["Platform:Node:Port"] = ClusterPreparation.FreePort(21250).ToString(CultureInfo.InvariantCulture),
            });
            var data = builder.Configuration["Platform:Data"]!;
            new ClusterIdentityFiles(new(data), TimeProvider.System).EnsureNode(ClusterSettings.Load(data), "node-1");
            builder.AddNodeAgent();
        },
    });

    private static Pod Bound(string name)
    {
        var pod = TestPods.Pod(name, TestPods.Container(image: ContainerdFixture.Image) with { Args = ["echo first; echo started; exec sleep 1000"] });
        return pod with { Metadata = new() { Name = name, Namespace = "default" } };
    }

    private static bool IsReady(Api.Core.V1.Node node) => node.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true;

    private static async Task<T> UntilAsync<T>(IApiClient client, string? ns, string name, Func<T, bool> condition)
        where T : Api.KubernetesObject
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var query = new ListQuery { FieldSelector = "metadata.name=" + name };
        var list = await client.Resource<T>().ListAsync(ns, query, limit.Token);
        if (list.Items.FirstOrDefault(condition) is { } found)
            return found;
        var last = list.Items.FirstOrDefault();
        try
        {
            await foreach (var change in client.Resource<T>().WatchAsync(ns, query with { ResourceVersion = list.Metadata.ResourceVersion }, limit.Token))
            {
                last = change.Object;
                if (change.Type is WatchEventType.Added or WatchEventType.Modified && condition(change.Object))
                    return change.Object;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{name} did not get there: {(last is null ? "absent" : System.Text.Encoding.UTF8.GetString(Api.Json.ApiJson.Encode(last)))}");
        }

        throw new InvalidOperationException("the watch ended");
    }

    private static async Task UntilGoneAsync(IApiClient client, string name, string uid)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var query = new ListQuery { FieldSelector = "metadata.name=" + name };
        var list = await client.Resource<Pod>().ListAsync("default", query, limit.Token);
        if (list.Items.Count == 0)
            return;
        await foreach (var change in client.Resource<Pod>().WatchAsync("default", query with { ResourceVersion = list.Metadata.ResourceVersion }, limit.Token))
        {
            if (change.Type == WatchEventType.Deleted && change.Object.Metadata.Uid == uid)
                return;
        }
    }
}
