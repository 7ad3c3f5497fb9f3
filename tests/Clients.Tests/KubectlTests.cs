using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Clients.Tests;

/// <summary>What people do with kubectl every day, with the one on the PATH and with Debian's, which is twelve versions older than the API.</summary>
public sealed class KubectlTests(ClientFixture fixture) : IClassFixture<ClientFixture>
{
    private const string Newer = "kubectl";
    private const string Debian = "kubectl-debian";

    public static TheoryData<string> Kubectls { get; } = [Newer, Debian];

    [Theory, MemberData(nameof(Kubectls))]
    public async Task Objects_are_created_shown_and_deleted(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "shown");
        await kubectl.RunAsync("create deployment web --image=platform.local/hello:1");
        await kubectl.RunAsync("create service clusterip web --tcp=80:8080");
        await kubectl.RunAsync("create configmap settings --from-literal=colour=red");
        await kubectl.RunAsync("create secret generic keys --from-literal=a=b");
        await kubectl.RunAsync("create role reader --verb=get --resource=pods");
        await kubectl.RunAsync("create rolebinding reader --role=reader --user=eve");
        await kubectl.RunAsync("create quota small --hard=configmaps=4");
        await kubectl.RunAsync("create job once --image=platform.local/hello:1");
        await kubectl.RunAsync("create ingress web --rule=web.example.com/=web:80");
        await kubectl.RunAsync("autoscale deploy web --min=1 --max=3");
        await kubectl.RunAsync("run box --image=platform.local/hello:1");

        Lines(await kubectl.RunAsync("get deploy,svc,cm,hpa,ing,job,pod -o name")).ShouldBe(["configmap/settings", "deployment.apps/web", "horizontalpodautoscaler.autoscaling/web",
            "ingress.networking.k8s.io/web", "job.batch/once", "pod/box", "service/web"], ignoreOrder: true);
        (await kubectl.RunAsync("get deploy -o wide")).ShouldMatch(
            @"^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +0/1 +0 +0 +\d+s +hello +platform.local/hello:1 +app=web$");
        (await kubectl.RunAsync("get svc -o wide")).ShouldMatch(
            @"NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE +SELECTOR\nweb +ClusterIP +[0-9.]+ +<none> +80/TCP +\d+s +app=web");
        (await kubectl.RunAsync("get hpa")).ShouldContain("Deployment/web");
        (await kubectl.RunAsync("get pods --field-selector=status.phase=Pending -o custom-columns=N:.metadata.name,I:.spec.containers[0].image --no-headers")).ShouldMatch(
            "^box +platform.local/hello:1$");
        (await kubectl.RunAsync("describe deploy web")).ShouldMatch(@"RollingUpdateStrategy: +25% max unavailable, 25% max surge");
        (await kubectl.RunAsync("describe pod box")).ShouldMatch("Status: +Pending");
        (await kubectl.RunAsync("describe svc web")).ShouldMatch("TargetPort: +8080/TCP");
        (await kubectl.RunAsync("describe ing web")).ShouldContain("web.example.com");
        (await kubectl.RunAsync("describe quota small")).ShouldContain("small");
        (await kubectl.RunAsync($"describe ns {kubectl.Namespace}")).ShouldMatch("Status: +Active");
        await fixture.Server.SettledAsync();
        (await kubectl.RunAsync("auth can-i get pods --as=eve")).ShouldBe("yes");

        await kubectl.RunAsync("label cm settings tier=front");
        await kubectl.RunAsync("annotate cm settings note=said");
        (await kubectl.RunAsync("get cm -l tier=front -o jsonpath={.items[*].metadata.annotations.note}")).ShouldBe("said");
        (await kubectl.RunAsync("delete pod box --now")).ShouldContain("pod \"box\" deleted");
        (await kubectl.RunAsync("delete deploy,svc,cm,job,ing --all")).ShouldContain("deleted");
        (await kubectl.RunAsync("get cm -o name")).ShouldBe("");
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task Manifests_are_applied_compared_and_patched(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "applied");
        var file = await SettingsAsync(kubectl, "red");
        (await kubectl.RunAsync($"apply -f {file}")).ShouldContain("created");
        (await kubectl.RunAsync($"apply -f {file}")).ShouldContain("unchanged");
        await kubectl.RunAsync($"diff -f {file}");
        file = await SettingsAsync(kubectl, "blue");
        (await kubectl.FailAsync($"diff -f {file}")).ShouldContain("+  colour: blue");
        (await kubectl.RunAsync($"apply -f {file} --dry-run=server")).ShouldContain("configured (server dry run)");
        (await kubectl.RunAsync("get cm settings -o jsonpath={.data.colour}")).ShouldBe("red");
        (await kubectl.RunAsync($"apply -f {file}")).ShouldContain("configured");
        (await kubectl.RunAsync("apply view-last-applied cm settings")).ShouldContain("colour: blue");
        (await kubectl.RunAsync($"apply --server-side --force-conflicts -f {file}")).ShouldContain("serverside-applied");
        (await kubectl.RunAsync($"replace -f {file}")).ShouldContain("replaced");
        foreach (var (type, patch) in ((string, string)[])[
            ("strategic", """{"data":{"colour":"strategic"}}"""),
            ("merge", """{"data":{"colour":"merge"}}"""), ("json", """[{"op":"replace","path":"/data/colour","value":"json"}]""")])
        {
            await kubectl.RunAsync($"patch cm settings --type={type} -p {patch}");
            (await kubectl.RunAsync("get cm settings -o jsonpath={.data.colour}")).ShouldBe(type);
        }

        (await kubectl.RunAsync($"delete -f {file}")).ShouldContain("deleted");
        (await kubectl.FailAsync($"get -f {file}")).ShouldContain("Error from server (NotFound): configmaps \"settings\" not found");
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task Kinds_are_listed_and_explained_also_custom_ones(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "explained");
        await kubectl.RunAsync($"apply -f {Path.Combine(AppContext.BaseDirectory, "Charts/shop/crds/menus.yaml")}");
        await kubectl.RunAsync("wait --for=condition=Established crd/menus.shop.example.com --timeout=60s");
        var resources = await kubectl.RunAsync("api-resources");
        resources.ShouldMatch(@"deployments +deploy +apps/v1 +true +Deployment");
        resources.ShouldMatch(@"menus +shop.example.com/v1 +true +Menu");
        Lines(await kubectl.RunAsync("api-versions")).ShouldContain("shop.example.com/v1");
        (await kubectl.RunAsync("explain deploy.spec.strategy")).ShouldMatch(@"rollingUpdate\s+<\w+>");
        (await kubectl.RunAsync("explain ingress.spec.rules --recursive")).ShouldContain("pathType");
        (await kubectl.RunAsync("explain menu.spec")).ShouldMatch(@"dishes\s+<\[\]string>");

        var file = await kubectl.WriteAsync("menu.yaml", "apiVersion: shop.example.com/v1\nkind: Menu\nmetadata: { name: m }\nspec: { dishes: [soup], prices: 1 }\n");
        (await kubectl.FailAsync($"apply -f {file}")).ShouldMatch("unknown field \"(spec\\.)?prices\"", "the older one asks the document, the newer one the server");
        await kubectl.RunAsync($"apply -f {file} --validate=false");
        (await kubectl.RunAsync("get menus m -o jsonpath={.spec}")).ShouldBe("""{"currency":"EUR","dishes":["soup"]}""");
    }

    /// <summary>The older one by SPDY, the newer one by WebSocket.</summary>
    [Theory, MemberData(nameof(Kubectls))]
    public async Task Sessions_reach_the_node(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "sessions");
        await RunPodOnStandInAsync(kubectl);
        await kubectl.RunAsync("wait --for=condition=Ready pod/box --timeout=60s");
        (await kubectl.RunAsync("get pod box -o wide")).ShouldMatch(@"box +1/1 +Running +0 .* 10\.9\.9\.9 +stand-in ");
        (await kubectl.RunAsync("logs box")).ShouldBe("a line of the log");
        (await kubectl.RunAsync("exec box -- echo me")).ShouldContain("echo me");
        (await kubectl.FailAsync("exec box -- exit 3")).ShouldContain("command terminated with exit code 3");
        (await kubectl.TypeAsync("typed", "exec -i box -- cat")).ShouldContain("typed");

        using var limit = new CancellationTokenSource(Eventually.Patience);
        var (forward, line) = await kubectl.StartAsync("port-forward pod/box :80", limit.Token);
        try
        {
            line.ShouldStartWith("Forwarding from 127.0.0.1:");
            var port = int.Parse(line.Split(' ')[2].Split(':')[1], CultureInfo.InvariantCulture);
            (await EchoAsync(port, "first", limit.Token)).ShouldBe("first");
            (await EchoAsync(port, "second", limit.Token)).ShouldBe("second");
        }
        finally
        {
            forward.Kill(entireProcessTree: true);
        }
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task Rollouts_are_restarted_paused_and_waited_for(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "rollouts");
        await kubectl.RunAsync("create deployment web --image=platform.local/hello:1");
        await kubectl.RunAsync("scale deploy web --replicas=3");
        await kubectl.RunAsync("set image deploy/web hello=platform.local/hello:2");
        (await kubectl.RunAsync("rollout restart deploy/web")).ShouldContain("restarted");
        (await kubectl.RunAsync("rollout pause deploy/web")).ShouldContain("paused");
        (await kubectl.RunAsync("rollout resume deploy/web")).ShouldContain("resumed");
        (await kubectl.RunAsync("get deploy web -o jsonpath={.spec.replicas},{.spec.template.spec.containers[0].image},{.metadata.generation}")).ShouldBe(
            "3,platform.local/hello:2,6");
        (await kubectl.RunAsync("rollout status deploy/web --watch=false")).ShouldContain("Waiting for deployment spec update to be observed");
        await fixture.MergeAsync($"/apis/apps/v1/namespaces/{kubectl.Namespace}/deployments/web/status",
            """{"status":{"observedGeneration":6,"replicas":3,"updatedReplicas":3,"readyReplicas":3,"availableReplicas":3}}""");
        (await kubectl.RunAsync("rollout status deploy/web --timeout=60s")).ShouldContain("successfully rolled out");
        await kubectl.RunAsync("delete deploy web");
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task What_is_not_there_is_said(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "absent");
        (await kubectl.FailAsync("top nodes")).ShouldBe("error: Metrics API not available");
        (await kubectl.FailAsync("get pod none")).ShouldBe("Error from server (NotFound): pods \"none\" not found");
        (await kubectl.FailAsync("get nothings")).ShouldBe("error: the server doesn't have a resource type \"nothings\"");
        (await kubectl.FailAsync("cordon none")).ShouldContain("nodes \"none\" not found");
        (await kubectl.FailAsync("create ns Absent")).ShouldContain("The Namespace \"Absent\" is invalid: metadata.name: Invalid value: \"Absent\"");
        (await kubectl.FailAsync("get pods --as=mallory")).ShouldContain(
            "Error from server (Forbidden): pods is forbidden: User \"mallory\" cannot list resource \"pods\" in API group \"\" in the namespace \"" + kubectl.Namespace);
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task The_server_says_who_it_is(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "default");
        (await kubectl.RunAsync("get --raw /readyz")).ShouldBe("ok");
        (await kubectl.RunAsync("get --raw /api/v1/nodes/stand-in/proxy/healthz")).ShouldBe("ok");
        (await kubectl.RunAsync("version")).ShouldContain("v1.32.0+platform");
        (await kubectl.RunAsync("cluster-info")).ShouldContain(fixture.Server.TlsAddress.ToString().TrimEnd('/'));
        (await kubectl.RunAsync("get apiservices v1.apps -o jsonpath={.status.conditions[0].reason},{.status.conditions[0].status}")).ShouldBe("Local,True");
    }

    [Theory, MemberData(nameof(Kubectls))]
    public async Task Proxy_serves_the_api_without_credentials(string program)
    {
        var kubectl = await KubectlSession.OpenAsync(fixture, program, "proxy");
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var (proxy, line) = await kubectl.StartAsync("proxy --port=0", limit.Token);
        try
        {
            using var http = new HttpClient { BaseAddress = new($"http://{line.Split(' ')[^1]}/") };
            (await http.GetStringAsync("api/v1/namespaces/default", limit.Token)).ShouldContain("\"kind\":\"Namespace\"");
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
        }
    }

    private async Task RunPodOnStandInAsync(KubectlSession kubectl)
    {
        await kubectl.RunAsync("run box --image=platform.local/hello:1 --overrides={\"apiVersion\":\"v1\",\"spec\":{\"nodeName\":\"stand-in\"}}");
        await fixture.MergeAsync($"/api/v1/namespaces/{kubectl.Namespace}/pods/box/status", """
            {"status": {"phase": "Running", "podIP": "10.9.9.9", "podIPs": [{"ip": "10.9.9.9"}], "conditions": [{"type": "Ready", "status": "True"}],
              "containerStatuses": [{"name": "box", "ready": true, "restartCount": 0, "image": "", "imageID": "", "state": {"running": {}}}]}}
            """);
    }

    private static async Task<string> EchoAsync(int port, string text, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static Task<string> SettingsAsync(KubectlSession kubectl, string colour) =>
        kubectl.WriteAsync("settings.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: settings }}\ndata:\n  colour: {colour}\n");

    private static string[] Lines(string text) => text.Split('\n');
}
