using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Proxying;
using Platform.Testing;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>
/// An API server with a kind of two versions, and the real HTTPS webhook that converts between them: what <c>v1</c> has as <c>spec.host</c> and
/// <c>spec.port</c> is <c>spec.hostPort</c> in <c>v2</c>, and the replicas are <c>spec.replicas</c> in one and <c>spec.size</c> in the other.
/// </summary>
internal sealed class ConversionFixture : IAsyncDisposable
{
    public const string V1 = "/apis/test.example.com/v1/namespaces/default/things";
    public const string V2 = "/apis/test.example.com/v2/namespaces/default/things";
    public const string Name = "things.test.example.com";

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.test.example.com}
        spec:
          group: test.example.com
          scope: Namespaced
          names: {plural: things, kind: Thing}
          conversion:
            strategy: Webhook
            webhook:
              conversionReviewVersions: [REVIEW]
              clientConfig: {url: "URL/convert", caBundle: BUNDLE}
          versions:
          - name: v1
            served: true
            storage: V1STORES
            schema: {openAPIV3Schema: {type: object, properties: {
              spec: {type: object, properties: {host: {type: string}, port: {type: integer}, replicas: {type: integer, default: 1}}},
              status: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}
            subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
            additionalPrinterColumns: [{name: Host, type: string, jsonPath: .spec.host}]
          - name: v2
            served: true
            storage: V2STORES
            schema: {openAPIV3Schema: {type: object, properties: {
              spec: {type: object, properties: {hostPort: {type: string}, size: {type: integer}, tier: {type: string, default: basic}}},
              status: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}
            subresources: {status: {}, scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}}
            additionalPrinterColumns: [{name: Address, type: string, jsonPath: .spec.hostPort}]
        """;

    private readonly string _review;

    private ConversionFixture(CustomResourceServer server, string review) => (Server, _review) = (server, review);

    public CustomResourceServer Server { get; }

    public TlsServer Hook { get; private set; } = null!;

    /// <summary>The <c>request</c> of each review that was asked.</summary>
    public ConcurrentQueue<JsonObject> Asked { get; } = new();

    /// <summary>Changes the review that answers before it is sent.</summary>
    public Action<JsonObject> Spoil { get; set; } = _ => { };

    /// <summary>Answers in the webhook's place; false where it does not.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Path and query of the latest question.</summary>
    public string? AskedAt { get; private set; }

    public static async Task<ConversionFixture> StartAsync(string review = "v1", TimeProvider? time = null)
    {
        var server = new CustomResourceServer(await TestApiServer.StartAsync(new() { Time = time ?? TimeProvider.System }));
        var fixture = new ConversionFixture(server, review);
        fixture.Hook = await TlsServer.StartAsync(fixture.AnswerAsync);
        await server.DefineAsync(fixture.DefinitionWith(storage: "v1"));
        return fixture;
    }

    public string DefinitionWith(string storage) => Definition
        .Replace("URL", Hook.Url, StringComparison.Ordinal)
        .Replace("BUNDLE", Hook.CaBundle, StringComparison.Ordinal)
        .Replace("REVIEW", _review, StringComparison.Ordinal)
        .Replace("V1STORES", storage == "v1" ? "true" : "false", StringComparison.Ordinal)
        .Replace("V2STORES", storage == "v2" ? "true" : "false", StringComparison.Ordinal);

    public static string Thing1(string name, string host = "a", string more = "") =>
        $"{{apiVersion: test.example.com/v1, kind: Thing, metadata: {{name: {name}{more}}}, spec: {{host: {host}, port: 80}}}}";

    public static string Thing2(string name, string hostPort = "a:80", string more = "") =>
        $"{{apiVersion: test.example.com/v2, kind: Thing, metadata: {{name: {name}{more}}}, spec: {{hostPort: '{hostPort}', size: 2}}}}";

    public async Task<JsonObject> CreateAsync(string path, string yaml)
    {
        var (code, body) = await Server.CreateAsync(path, yaml);
        ((int)code).ShouldBe(201, body.ToJsonString());
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Hook.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        AskedAt = context.Request.Path + context.Request.QueryString;
        if (await Instead(context))
            return;
        var review = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var request = review["request"]!.AsObject();
        Asked.Enqueue(request);
        var version = (string)request["desiredAPIVersion"]!;
        var answer = new JsonObject
        {
            ["apiVersion"] = (string)review["apiVersion"]!,
            ["kind"] = "ConversionReview",
            ["response"] = new JsonObject
            {
                ["uid"] = (string)request["uid"]!,
                ["result"] = new JsonObject { ["status"] = "Success" },
                ["convertedObjects"] = new JsonArray([.. request["objects"]!.AsArray().Select(o => Convert(o!.DeepClone().AsObject(), version))]),
            },
        };
        Spoil(answer);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject Convert(JsonObject value, string version)
    {
        value["apiVersion"] = version;
        if (value["spec"] is JsonObject spec)
        {
            if (version.EndsWith("v2", StringComparison.Ordinal))
            {
                if (spec.Remove("host", out var host) | spec.Remove("port", out var port))
                    spec["hostPort"] = $"{host}:{port}";
                Rename(spec, "replicas", "size");
            }
            else
            {
                if (spec.Remove("hostPort", out var address) && ((string)address!).Split(':') is [var host, var port])
                    (spec["host"], spec["port"]) = (host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
                Rename(spec, "size", "replicas");
            }
        }
        if (value["status"] is JsonObject status)
            Rename(status, version.EndsWith("v2", StringComparison.Ordinal) ? "replicas" : "size", version.EndsWith("v2", StringComparison.Ordinal) ? "size" : "replicas");
        return value;
    }

    private static void Rename(JsonObject map, string from, string to)
    {
        if (map.Remove(from, out var value))
            map[to] = value;
    }
}
