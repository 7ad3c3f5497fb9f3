using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using Platform.Api.Core.V1;
using Platform.ApiServer.Tests.Hosting;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Streaming;

public sealed class PodStreamTests
{
    private const string Pods = "api/v1/namespaces/default/pods/";

    [Fact]
    public async Task Log_is_passed_on_as_it_arrives()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var agent = await RunPodAsync(server);
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        var asking = admin.GetAsync(Pods + "p/log?follow=true&tailLines=5&pretty=x", HttpCompletionOption.ResponseHeadersRead);
        var (head, stream) = await agent.AcceptAsync();
        head.ShouldStartWith("GET /containerLogs/default/p/c?follow=true&tailLines=5 HTTP/1.1");
        await AgentStub.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n");
        using var answer = await asking;
        await using var body = await answer.Content.ReadAsStreamAsync();
        (await AgentStub.ReadAsync(body, 6)).ShouldBe("first\n");
        await AgentStub.WriteAsync(stream, "7\r\nsecond\n\r\n0\r\n\r\n");
        (await new StreamReader(body).ReadToEndAsync()).ShouldBe("second\n");
    }

    [Theory]
    [InlineData("tailLines=-1", 422, "PodLogOptions \"p\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("limitBytes=0&sinceSeconds=0", 422,
        "PodLogOptions \"p\" is invalid: [limitBytes: Invalid value: 0: must be greater than 0, sinceSeconds: Invalid value: 0: must be greater than 0]")]
    [InlineData("sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z", 422,
        "PodLogOptions \"p\" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    [InlineData("tailLines=abc", 400, "strconv.ParseInt: parsing \"abc\": invalid syntax")]
    [InlineData("sinceTime=abc", 400, "parsing time \"abc\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"abc\" as \"2006\"")]
    public async Task Options_of_a_log_without_a_meaning_are_refused(string query, int code, string message)
    {
        await using var server = await TestApiServer.StartAsync();
        await ExpectAsync(await server.ClientFor(ComponentIdentity.Administrator).GetAsync(Pods + "p/log?" + query), (HttpStatusCode)code, message);
    }

    [Fact]
    public async Task Exec_is_a_tunnel_both_ways_once_the_agent_switched()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var agent = await RunPodAsync(server);
        await using var client = await DialAsync(server);
        await AgentStub.WriteAsync(
            client,
            // Flags as Go and as Python write them: set is what is there and neither false nor 0.
            $"GET /{Pods}p/exec?command=sh&command=-c&command=echo%20a&stdin=true&stdout=True&stderr=0&tty=False HTTP/1.1\r\n"
            + "Host: x\r\nAuthorization: \r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n");
        var (head, stream) = await agent.AcceptAsync();
        head.ShouldStartWith("GET /exec/default/p/c?command=sh&command=-c&command=echo%20a&input=1&output=1 HTTP/1.1");
        head.ShouldContain("Upgrade: websocket");
        head.ShouldContain("Sec-WebSocket-Protocol: v5.channel.k8s.io");
        head.ShouldNotContain("Authorization");
        await AgentStub.WriteAsync(stream, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: abc\r\n\r\n");
        var response = "";
        while (!response.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            response += await AgentStub.ReadAsync(client, 1);
        response.ShouldStartWith("HTTP/1.1 101");
        response.ShouldContain("Sec-WebSocket-Accept: abc");

        await AgentStub.WriteAsync(client, "ping");
        (await AgentStub.ReadAsync(stream, 4)).ShouldBe("ping");
        await AgentStub.WriteAsync(stream, "pong");
        (await AgentStub.ReadAsync(client, 4)).ShouldBe("pong");
        await stream.DisposeAsync();
        (await client.ReadAsync(new byte[1])).ShouldBe(0);
    }

    [Fact]
    public async Task Agents_refusal_becomes_a_status()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var agent = await RunPodAsync(server);
        var asking = server.ClientFor(ComponentIdentity.Administrator).GetAsync(Pods + "p/log");
        var (_, stream) = await agent.AcceptAsync();
        await AgentStub.WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\nContent-Length: 20\r\n\r\ncontainer is waiting");
        var answer = await asking;
        await ExpectAsync(answer, HttpStatusCode.BadRequest, "container is waiting");
    }

    [Fact]
    public async Task Pod_that_does_not_exist_is_not_found()
    {
        await using var server = await TestApiServer.StartAsync();
        await ExpectAsync(await server.ClientFor(ComponentIdentity.Administrator).GetAsync(Pods + "none/log"), HttpStatusCode.NotFound, "pods \"none\" not found");
        await ExpectAsync(await server.ClientFor(ComponentIdentity.Administrator).PostAsync(Pods + "none/exec", null), HttpStatusCode.NotFound, "pods \"none\" not found");
    }

    [Fact]
    public async Task Container_must_be_named_where_there_are_several_and_must_exist()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = server.ApiClientFor(ComponentIdentity.Administrator).Resource<Pod>();
        await admin.CreateAsync(Pod("p", "n1") with
        {
            Spec = new() { NodeName = "n1", Containers = [new() { Name = "a", Image = "i" }, new() { Name = "b", Image = "i" }],
                InitContainers = [new() { Name = "x", Image = "i" }] },
        });
        var http = server.ClientFor(ComponentIdentity.Administrator);
        await ExpectAsync(
            await http.GetAsync(Pods + "p/log"),
            HttpStatusCode.BadRequest,
            "a container name must be specified for pod p, choose one of: [a b] or one of the init containers: [x]");
        await ExpectAsync(await http.GetAsync(Pods + "p/log?container=q"), HttpStatusCode.BadRequest, "container q is not valid for pod p");
    }

    [Fact]
    public async Task Exec_into_a_pod_without_node_is_a_bad_request()
    {
        await using var server = await TestApiServer.StartAsync();
        await server.ApiClientFor(ComponentIdentity.Administrator).Resource<Pod>().CreateAsync(Pod("p", null));
        await ExpectAsync(
            await server.ClientFor(ComponentIdentity.Administrator).PostAsync(Pods + "p/exec?command=ls", null),
            HttpStatusCode.BadRequest,
            "pod p does not have a host assigned");
    }

    private static async Task<AgentStub> RunPodAsync(TestApiServer server)
    {
        var agent = new AgentStub(server, "n1");
        var admin = server.ApiClientFor(ComponentIdentity.Administrator);
        var node = await admin.Resource<Node>().CreateAsync(new() { Metadata = new() { Name = "n1" } });
        await admin.Resource<Node>().UpdateStatusAsync(node with
        {
            Status = new()
            {
                Addresses = [new() { Type = "InternalIP", Address = "127.0.0.1" }],
                DaemonEndpoints = new() { KubeletEndpoint = new() { Port = agent.Port } },
            },
        });
        await admin.Resource<Pod>().CreateAsync(Pod("p", "n1"));
        return agent;
    }

    private static Pod Pod(string name, string? node) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { NodeName = node, Containers = [new() { Name = "c", Image = "i" }] },
    };

    private static async Task<SslStream> DialAsync(TestApiServer server)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.TlsAddress.Host, server.TlsAddress.Port);
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            ClientCertificateContext = SslStreamCertificateContext.Create(server.Identities.LoadClient(ComponentIdentity.Administrator), null, offline: true),
            RemoteCertificateValidationCallback = CertificateVerifier.ForServer(server.Identities.LoadAuthority(), server.Time),
        });
        return stream;
    }

    private static async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode code, string message)
    {
        answer.StatusCode.ShouldBe(code);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("message").GetString().ShouldBe(message);
    }
}
