using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.ApiRegistration.V1;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Tests.Hosting;
using Platform.ApiServer.Tests.Proxying;
using Platform.ApiServer.Tests.Registry;
using Platform.Client;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Aggregation;

/// <summary>https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/</summary>
public sealed class AggregationTests
{
    private const string AggregatedV2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    [Fact]
    public async Task Built_in_groups_are_listed_as_local_api_services()
    {
        await using var server = await TestApiServer.StartAsync();
        var service = await ApiCalls.To(server).GetAsync("/apis/apiregistration.k8s.io/v1/apiservices/v1.apps");
        ((int?)service["spec"]!["groupPriorityMinimum"]).ShouldBe(17_800);
        ((string?)service["metadata"]!["labels"]!["kube-aggregator.kubernetes.io/automanaged"]).ShouldBe("onstart");
        var condition = service["status"]!["conditions"]!.AsArray().Single()!;
        ((string?)condition["status"]).ShouldBe("True");
        ((string?)condition["reason"]).ShouldBe("Local");
        (await ApiCalls.To(server).GetAsync("/apis/apiregistration.k8s.io/v1/apiservices/v1."))["spec"]!["group"]?.ToString().ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Requests_go_to_the_extension_server_in_the_name_of_the_user()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var extension = await ExtensionServer.StartAsync();
        await RegisterAsync(server, extension);
        await ConditionAsync(server, "True", "Passed");
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        using var request = new HttpRequestMessage(HttpMethod.Get, ExtensionServer.Path + "/nodes?limit=5");
        request.Headers.TryAddWithoutValidation("X-Remote-User", "somebody else");
        using var answer = await admin.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["kind"]).ShouldBe("NodeMetricsList");
        var seen = extension.Seen.Single(s => s.Path == ExtensionServer.Path + "/nodes?limit=5");
        seen.User.ShouldBe("kubernetes-admin");
        seen.Groups.ShouldContain("system:authenticated");
        seen.Authorization.ShouldBeEmpty();
        seen.Certificate.ShouldBe("front-proxy-client");
    }

    [Fact]
    public async Task Discovery_lists_what_the_extension_server_has()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var extension = await ExtensionServer.StartAsync();
        await RegisterAsync(server, extension);
        await ConditionAsync(server, "True", "Passed");
        var calls = ApiCalls.To(server);
        var group = Group(await calls.GetAsync("/apis", AggregatedV2));
        ((string?)group["freshness"]).ShouldBe("Current");
        group["resources"]!.AsArray().Select(r => (string?)r!["resource"]).ShouldBe(["nodes", "pods"]);
        (await calls.GetAsync("/apis"))["groups"]!.AsArray().Select(g => (string?)g!["name"]).ShouldContain(ExtensionServer.Group);
        ((string?)(await calls.GetAsync("/apis/metrics.k8s.io"))["preferredVersion"]!["groupVersion"]).ShouldBe("metrics.k8s.io/v1beta1");
        (await calls.GetAsync(ExtensionServer.Path))["resources"]!.AsArray().Count.ShouldBe(2);
        var path = (string?)(await calls.GetAsync("/openapi/v3"))["paths"]!["apis/metrics.k8s.io/v1beta1"]!["serverRelativeURL"];
        ((string?)(await calls.GetAsync(path!))["info"]!["title"]).ShouldBe("metrics");
    }

    [Fact]
    public async Task Server_that_fails_is_unavailable_and_its_group_stale()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = await TestApiServer.StartAsync(new() { Time = clock });
        await using var extension = await ExtensionServer.StartAsync();
        await RegisterAsync(server, extension);
        await ConditionAsync(server, "True", "Passed", clock);
        extension.IsBroken = true;
        clock.Advance(TimeSpan.FromSeconds(31));
        await ConditionAsync(server, "False", "FailedDiscoveryCheck", clock);
        await server.SettledAsync();
        var client = server.ClientFor(ComponentIdentity.Administrator);
        using var answer = await client.GetAsync(ExtensionServer.Path + "/nodes");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("service unavailable\n");
        var group = Group(await ApiCalls.To(server).GetAsync("/apis", AggregatedV2));
        ((string?)group["freshness"]).ShouldBe("Stale");
        group["resources"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Missing_service_port_and_endpoints_are_told_apart()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/apis/apiregistration.k8s.io/v1/apiservices", Registration(null));
        await ConditionAsync(server, "False", "ServiceNotFound");
        await calls.PostAsync("/api/v1/namespaces/kube-system/services",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"metrics"},"spec":{"ports":[{"port":80,"name":"http"},{"port":443,"name":"https"}]}}""");
        await ConditionAsync(server, "False", "MissingEndpoints");
    }

    [Fact]
    public async Task Redirects_are_not_passed_on()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var extension = await ExtensionServer.StartAsync();
        await RegisterAsync(server, extension);
        await ConditionAsync(server, "True", "Passed");
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).GetAsync(ExtensionServer.Path + "/nodes/away");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("the backend attempted to redirect this request, which is not permitted");
    }

    [Fact]
    public async Task Upgrades_go_through()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var extension = await ExtensionServer.StartAsync();
        await RegisterAsync(server, extension);
        await ConditionAsync(server, "True", "Passed");
        using var socket = new ClientWebSocket();
        socket.Options.ClientCertificates.Add(server.Identities.LoadClient(ComponentIdentity.Administrator));
        socket.Options.RemoteCertificateValidationCallback = CertificateVerifier.ForServer(server.Identities.LoadAuthority(), server.Time);
        await socket.ConnectAsync(new($"wss://127.0.0.1:{server.TlsAddress.Port}{ExtensionServer.Path}/nodes/socket"), CancellationToken.None);
        await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[16];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Encoding.ASCII.GetString(buffer, 0, message.Count).ShouldBe("hello");
    }

    [Fact]
    public async Task Extension_servers_are_told_whom_to_trust()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        var map = await ApiCalls.To(server).GetAsync("/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication");
        var data = map["data"]!;
        ((string?)data["requestheader-allowed-names"]).ShouldBe("[\"front-proxy-client\"]");
        ((string?)data["requestheader-username-headers"]).ShouldBe("[\"X-Remote-User\"]");
        ((string?)data["client-ca-file"])!.ShouldContain("BEGIN CERTIFICATE");
        ((string?)data["requestheader-client-ca-file"])!.ShouldNotBe((string?)data["client-ca-file"]);
    }

    internal static async Task RegisterAsync(TestApiServer server, ExtensionServer extension)
    {
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/namespaces/kube-system/services",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"metrics"},"spec":{"ports":[{"port":443,"targetPort":8443}]}}""");
        await OwnEndpoints.StoreAsync(server, "kube-system", "metrics", extension.Tls.Port);
        await calls.PostAsync("/apis/apiregistration.k8s.io/v1/apiservices", Registration(extension.Tls.CaBundle));
    }

    private static string Registration(string? authority) => new JsonObject
    {
        ["apiVersion"] = "apiregistration.k8s.io/v1",
        ["kind"] = "APIService",
        ["metadata"] = new JsonObject { ["name"] = ExtensionServer.Name },
        ["spec"] = new JsonObject
        {
            ["group"] = ExtensionServer.Group,
            ["version"] = "v1beta1",
            ["groupPriorityMinimum"] = 100,
            ["versionPriority"] = 100,
            [authority is null ? "insecureSkipTLSVerify" : "caBundle"] = authority is null ? JsonValue.Create(true) : JsonValue.Create(authority),
            ["service"] = new JsonObject { ["namespace"] = "kube-system", ["name"] = "metrics" },
        },
    }.ToJsonString();

    private static JsonNode Group(JsonObject discovery) =>
        discovery["items"]!.AsArray().Single(g => (string?)g!["metadata"]!["name"] == ExtensionServer.Group)!["versions"]![0]!;

    /// <summary>Waits until the condition says so, while time passes where the server has a clock of its own.</summary>
    internal static async Task ConditionAsync(TestApiServer server, string status, string reason, TestClock? clock = null)
    {
        var reached = server.ApiClientFor(ComponentIdentity.Administrator).Resource<APIService>()
            .UntilAsync(null, ExtensionServer.Name, s => s.Status?.Conditions?.Any(c => c.Status == status && c.Reason == reason) == true);
        if (clock is not null)
            await clock.AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => Task.FromResult(reached.IsCompleted), $"the service is not {status}, {reason}");
        await reached;
        await server.SettledAsync();
    }
}
