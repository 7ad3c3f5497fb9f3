using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ServiceDefaults;

namespace Platform.Clients.Tests;

/// <summary>
/// The requests of Helm, which no package source here has: discovery, OpenAPI, releases kept as Secrets <c>sh.helm.release.v1.NAME.vN</c>, resources
/// created and then patched by a three-way merge (Helm 3) or by
/// server-side apply (Helm 4), and everything deleted again.
/// </summary>
public sealed class HelmSequenceTests(ClientFixture fixture) : IClassFixture<ClientFixture>
{
    private const string Ns = "/api/v1/namespaces/helm";
    private const string Secrets = Ns + "/secrets";
    private const string Deployments = "/apis/apps/v1/namespaces/helm/deployments";

    private HttpClient Http => field ??= fixture.Server.ClientFor(ComponentIdentity.Administrator);

    [Fact]
    public async Task Install_upgrade_and_uninstall_work()
    {
        await DiscoverAsync();
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"helm","labels":{"name":"helm"}}}""");

        // helm install
        await SendAsync(HttpMethod.Get, Deployments + "/demo", code: HttpStatusCode.NotFound);
        await KeepReleaseAsync(1, "pending-install");
        var made = await SendAsync(HttpMethod.Post, Deployments + "?fieldManager=helm", Deployment("nginx:1", 1));
        await SetStatusAsync(1, "deployed");

        // helm upgrade: the difference between what was applied, what is there and what is wanted
        (await SendAsync(HttpMethod.Get, Secrets + "?labelSelector=name%3Ddemo%2Cowner%3Dhelm"))["items"]!.AsArray().Count.ShouldBe(1);
        await KeepReleaseAsync(2, "pending-upgrade");
        var upgraded = await SendAsync(HttpMethod.Patch, Deployments + "/demo?fieldManager=helm",
            """{"spec":{"replicas":3,"template":{"spec":{"$setElementOrder/containers":[{"name":"web"}],"containers":[{"name":"web","image":"nginx:2"}]}}}}""",
            type: "application/strategic-merge-patch+json");
        ((string?)upgraded["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]).ShouldBe("nginx:2");
        ((long?)upgraded["metadata"]!["generation"]).ShouldBe((long?)made["metadata"]!["generation"] + 1);
        await SetStatusAsync(1, "superseded");
        await SetStatusAsync(2, "deployed");

        // helm rollback with Helm 4: the whole manifest, applied by the server
        var applied = await SendAsync(HttpMethod.Patch, Deployments + "/demo?fieldManager=helm&force=true", Deployment("nginx:1", 2), type: "application/apply-patch+yaml");
        ((int?)applied["spec"]!["replicas"]).ShouldBe(2);
        var releases = (await SendAsync(HttpMethod.Get, Secrets + "?labelSelector=owner%3Dhelm%2Cstatus%3Ddeployed"))["items"]!.AsArray();
        ((string?)releases.Single()!["metadata"]!["name"]).ShouldBe("sh.helm.release.v1.demo.v2");
        Unpack((string)releases.Single()!["data"]!["release"]!).ShouldContain("\"version\":2");

        // helm uninstall
        await SendAsync(HttpMethod.Delete, Deployments + "/demo", """{"kind":"DeleteOptions","apiVersion":"apps/v1","propagationPolicy":"Background"}""");
        await SendAsync(HttpMethod.Get, Deployments + "/demo", code: HttpStatusCode.NotFound);
        foreach (var version in (int[])[1, 2])
            await SendAsync(HttpMethod.Delete, $"{Secrets}/sh.helm.release.v1.demo.v{version}");
        (await SendAsync(HttpMethod.Get, Secrets + "?labelSelector=owner%3Dhelm"))["items"]!.AsArray().ShouldBeEmpty();
    }

    private async Task DiscoverAsync()
    {
        ((string?)(await SendAsync(HttpMethod.Get, "/version?timeout=32s"))["gitVersion"])!.ShouldStartWith("v1.32");
        const string aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
        (await SendAsync(HttpMethod.Get, "/api?timeout=32s", accept: aggregated))["items"]!.AsArray().Count.ShouldBe(1);
        (await SendAsync(HttpMethod.Get, "/apis?timeout=32s", accept: aggregated))["items"]!.AsArray().Count.ShouldBeGreaterThan(5);
        ((string?)(await SendAsync(HttpMethod.Get, "/openapi/v2"))["swagger"]).ShouldBe("2.0");
        var path = (string?)(await SendAsync(HttpMethod.Get, "/openapi/v3"))["paths"]!["apis/apps/v1"]!["serverRelativeURL"];
        (await SendAsync(HttpMethod.Get, path!))["components"]!["schemas"]!["io.k8s.api.apps.v1.Deployment"].ShouldNotBeNull();
    }

    private Task<JsonObject> KeepReleaseAsync(int version, string status) => SendAsync(HttpMethod.Post, Secrets, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = "helm.sh/release.v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"sh.helm.release.v1.demo.v{version}",
            ["labels"] = new JsonObject { ["name"] = "demo", ["owner"] = "helm", ["status"] = status, ["version"] = $"{version}" },
        },
        ["data"] = new JsonObject { ["release"] = Pack($$"""{"name":"demo","version":{{version}}}""") },
    }.ToJsonString());

    private async Task SetStatusAsync(int version, string status)
    {
        var path = $"{Secrets}/sh.helm.release.v1.demo.v{version}";
        var secret = await SendAsync(HttpMethod.Get, path);
        secret["metadata"]!["labels"]!["status"] = status;
        await SendAsync(HttpMethod.Put, path, secret.ToJsonString());
    }

    private async Task<JsonObject> SendAsync(
        HttpMethod method, string path, string? body = null, string type = "application/json", string? accept = null, HttpStatusCode? code = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (code is { } expected)
            answer.StatusCode.ShouldBe(expected, text);
        else
            answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    private static string Deployment(string image, int replicas) => new JsonObject
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject
        {
            ["name"] = "demo",
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "Helm" },
            ["annotations"] = new JsonObject { ["meta.helm.sh/release-name"] = "demo" },
        },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "demo" } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "demo" } },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = image }) },
            },
        },
    }.ToJsonString();

    // A release is gzip in base64, in base64 once more as Secrets have it.
    private static string Pack(string release)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(release));
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
    }

    private static string Unpack(string data)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(data)))), CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    }
}
