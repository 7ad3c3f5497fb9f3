using System.Net;
using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Authorization;

public sealed class NodeAuthorizerTests
{
    private const string Ns = "default";

    [Fact]
    public async Task Node_reads_only_secrets_and_config_maps_of_its_pods()
    {
        await using var server = await TestApiServer.StartAsync();
        await RunPodAsync(server, "n1");
        var mine = server.ClientFor(ComponentIdentity.Node("n1"));
        var other = server.ClientFor(ComponentIdentity.Node("n2"));
        (await mine.GetAsync("api/v1/namespaces/default/secrets/s")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mine.GetAsync("api/v1/namespaces/default/configmaps/c")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mine.GetAsync("api/v1/namespaces/default/secrets/other")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await mine.GetAsync("api/v1/namespaces/default/secrets")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var refused = await other.GetAsync("api/v1/namespaces/default/secrets/s");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("no relationship found between node 'n2' and this object");
    }

    [Fact]
    public async Task Node_changes_only_its_own_node_pods_and_lease()
    {
        await using var server = await TestApiServer.StartAsync();
        var pod = await RunPodAsync(server, "n1");
        var n1 = server.ApiClientFor(ComponentIdentity.Node("n1"));
        var n2 = server.ApiClientFor(ComponentIdentity.Node("n2"));
        await n1.Resource<Node>().CreateAsync(Node("n1"));
        await Forbidden(() => n2.Resource<Node>().CreateAsync(Node("n3")));
        var node = await n1.Resource<Node>().GetAsync(null, "n1");
        node.Spec!.Taints!.Single().Key.ShouldBe("node.kubernetes.io/not-ready");
        node = await n1.Resource<Node>().UpdateStatusAsync(node with { Status = new() { Phase = "Running" } });
        await Forbidden(() => n2.Resource<Node>().UpdateStatusAsync(node));
        await Forbidden(() => n1.Resource<Node>().UpdateAsync(node with { Spec = node.Spec! with { Taints = [] } }));

        pod = await n1.Resource<Pod>().UpdateStatusAsync(pod with { Status = new() { Phase = "Running" } });
        await Forbidden(() => n2.Resource<Pod>().UpdateStatusAsync(pod));
        await Forbidden(() => n2.Resource<Pod>().DeleteAsync(Ns, "p"));
        await Forbidden(() => n1.Resource<Pod>().CreateAsync(Pod("q", "n1")));

        var lease = new Lease { Metadata = new() { Name = "n1", Namespace = "kube-node-lease" }, Spec = new() { HolderIdentity = "n1" } };
        await n1.Resource<Lease>().CreateAsync(lease);
        await Forbidden(() => n2.Resource<Lease>().CreateAsync(lease));
        await Forbidden(() => n2.Resource<Lease>().GetAsync("kube-node-lease", "n1"));
        await Forbidden(() => n1.Resource<Lease>().CreateAsync(lease with { Metadata = new() { Name = "n1", Namespace = Ns } }));
    }

    private static async Task<Pod> RunPodAsync(TestApiServer server, string node)
    {
        var admin = server.ApiClientFor(ComponentIdentity.Administrator);
        await admin.Resource<Secret>().CreateAsync(new() { Metadata = new() { Name = "s", Namespace = Ns } });
        await admin.Resource<Secret>().CreateAsync(new() { Metadata = new() { Name = "other", Namespace = Ns } });
        await admin.Resource<ConfigMap>().CreateAsync(new() { Metadata = new() { Name = "c", Namespace = Ns } });
        var pod = await admin.Resource<Pod>().CreateAsync(Pod("p", node));
        await server.SettledAsync();
        return pod;
    }

    private static Pod Pod(string name, string node) => new()
    {
        Metadata = new() { Name = name, Namespace = Ns },
        Spec = new()
        {
            NodeName = node,
            Containers = [new() { Name = "c", Image = "i", EnvFrom = [new() { ConfigMapRef = new() { Name = "c" } }] }],
            Volumes = [new() { Name = "v", Secret = new() { SecretName = "s" } }],
        },
    };

    private static Node Node(string name) => new() { Metadata = new() { Name = name } };

    private static async Task Forbidden(Func<Task> action) => (await Should.ThrowAsync<ApiException>(action)).Code.ShouldBe(403);
}
