using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Hosting;
using Platform.ApiServer.Tests.Registry;
using Platform.ApiServer.Tests.Streaming;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Proxying;

/// <summary>https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/#manually-constructing-apiserver-proxy-urls</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Request_reaches_a_pod_with_method_path_query_and_body()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var web = await TlsServer.StartAsync(EchoAsync, everywhere: true);
        await RunPodAsync(server, TlsServer.HostAddress);
        var client = server.ClientFor(ComponentIdentity.Administrator);
        using var answer = await client.PutAsync($"/api/v1/namespaces/default/pods/https:p:{web.Port}/proxy/a%2Fb/c/?x=1&y=%20", new StringContent("body"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("PUT /a%2Fb/c/?x=1&y=%20 body");
    }

    [Fact]
    public async Task Service_leads_to_a_ready_endpoint_by_the_name_of_its_port()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var web = await TlsServer.StartAsync(EchoAsync, everywhere: true);
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/namespaces/default/services",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80,"name":"plain"},{"port":443,"name":"web"}]}}""");
        await calls.PostAsync("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", $$$"""
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"s-1","labels":{"kubernetes.io/service-name":"s"}},"addressType":"IPv4",
            "ports":[{"name":"web","port":{{{web.Port}}},"protocol":"TCP"}],"endpoints":[{"addresses":["{{{TlsServer.HostAddress}}}"],"conditions":{"ready":true}}]}
            """);
        var client = server.ClientFor(ComponentIdentity.Administrator);
        (await client.GetStringAsync("/api/v1/namespaces/default/services/https:s:web/proxy/x")).ShouldBe("GET /x ");
        using var none = await client.GetAsync("/api/v1/namespaces/default/services/s:plain/proxy/x");
        none.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await none.Content.ReadAsStringAsync()).ShouldContain("no endpoints available for service");
    }

    [Fact]
    public async Task Redirects_stay_below_the_proxy()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var web = await TlsServer.StartAsync(c =>
        {
            c.Response.Redirect("/login?next=1");
            c.Response.Headers.AccessControlAllowOrigin = "*";
            return Task.CompletedTask;
        }, everywhere: true);
        await RunPodAsync(server, TlsServer.HostAddress);
        var client = server.ClientFor(ComponentIdentity.Administrator);
        var prefix = $"/api/v1/namespaces/default/pods/https:p:{web.Port}/proxy";
        using var answer = await client.GetAsync(prefix + "/");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe(prefix + "/login?next=1");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        using var bare = await client.GetAsync(prefix + "?a=b");
        bare.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        bare.Headers.Location!.OriginalString.ShouldBe(prefix + "/?a=b");
    }

    [Fact]
    public async Task Addresses_of_the_control_planes_own_machine_are_refused()
    {
        await using var server = await TestApiServer.StartAsync();
        await RunPodAsync(server, "127.0.0.1");
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).GetAsync("/api/v1/namespaces/default/pods/p:6443/proxy/");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("address not allowed");
    }

    [Fact]
    public async Task What_does_not_answer_is_unavailable()
    {
        await using var server = await TestApiServer.StartAsync();
        await RunPodAsync(server, TlsServer.HostAddress);
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).GetAsync("/api/v1/namespaces/default/pods/p:1/proxy/");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($"error trying to reach service: dial tcp {TlsServer.HostAddress}:1: connect: connection refused");
    }

    [Fact]
    public async Task Node_leads_to_its_agent_with_the_servers_own_certificate()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var agent = new AgentStub(server, "n1");
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/nodes", """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}""");
        await calls.SendAsync(HttpMethod.Patch, "/api/v1/nodes/n1/status", $$$$$"""
            {"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":{{{{{agent.Port}}}}}}}}}
            """, "application/merge-patch+json");
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        var asking = admin.GetAsync("/api/v1/nodes/n1/proxy/stats/summary?only_cpu=true");
        var (head, stream) = await agent.AcceptAsync();
        head.ShouldStartWith("GET /stats/summary?only_cpu=true HTTP/1.1");
        await AgentStub.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var answer = await asking;
        (await answer.Content.ReadAsStringAsync()).ShouldBe("{}");
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var raw = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        await context.Response.WriteAsync($"{context.Request.Method} {raw} {await new StreamReader(context.Request.Body).ReadToEndAsync()}");
    }

    private static async Task RunPodAsync(TestApiServer server, string address)
    {
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/namespaces/default/pods",
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        await calls.SendAsync(HttpMethod.Patch, "/api/v1/namespaces/default/pods/p/status",
            $$$"""{"status":{"podIP":"{{{address}}}","podIPs":[{"ip":"{{{address}}}"}]}}""", "application/merge-patch+json");
        await server.SettledAsync();
    }
}
