using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Aggregation;

/// <summary>OpenAPI 2 of extension servers is part of the one document, so that kubectl knows their kinds (the specification aggregator of kube-aggregator).</summary>
public sealed class ForeignDescriptionTests
{
    private const string Path = "/apis/metrics.k8s.io/v1beta1/nodes";
    private const string Service = "/apis/apiregistration.k8s.io/v1/apiservices/" + ExtensionServer.Name;
    private const string ProtobufType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    [Fact]
    public async Task Paths_and_definitions_of_an_extension_server_are_in_the_document()
    {
        await using var server = await TestApiServer.StartAsync();
        await using var extension = await ExtensionServer.StartAsync();
        extension.OpenApi2 = Document();
        await AggregationTests.RegisterAsync(server, extension);
        await AggregationTests.ConditionAsync(server, "True", "Passed");
        var document = await ApiCalls.To(server).GetAsync("/openapi/v2");
        ((string?)document["paths"]![Path]!["get"]!["responses"]!["200"]!["schema"]!["$ref"]).ShouldBe("#/definitions/NodeMetrics");
        ((string?)document["definitions"]!["NodeMetrics"]!["properties"]!["metadata"]!["$ref"]).ShouldBe($"#/definitions/{Meta}_v2");
        document["definitions"]!["Unused"].ShouldBeNull();
        document["parameters"]!["pretty-1"].ShouldNotBeNull();
        // What the server says of others is not believed.
        document["paths"]!["/apis/other.io/v1/things"].ShouldBeNull();
        ((string?)document["info"]!["title"]).ShouldBe("Kubernetes");
        var protobuf = await ReadAsync(server, ProtobufType);
        Encoding.Latin1.GetString(protobuf.Body).ShouldContain("#/parameters/pretty-1");
        Encoding.Latin1.GetString(protobuf.Body).ShouldContain("NodeMetrics");
    }

    [Fact]
    public async Task Changed_description_is_read_again_and_an_unchanged_one_is_not()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = await TestApiServer.StartAsync(new() { Time = clock });
        await using var extension = await ExtensionServer.StartAsync();
        extension.OpenApi2 = Document();
        await AggregationTests.RegisterAsync(server, extension);
        await AggregationTests.ConditionAsync(server, "True", "Passed", clock);
        var first = await ReadAsync(server, "application/json");
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(extension.Described.Contains(304)), "the extension was not asked again");
        (await ReadAsync(server, "application/json")).Tag.ShouldBe(first.Tag);
        extension.OpenApi2 = Document("Second edition.");
        await clock.AdvanceUntilAsync(
            TimeSpan.FromSeconds(1),
            async () => Encoding.UTF8.GetString((await ReadAsync(server, "application/json")).Body).Contains("Second edition.", StringComparison.Ordinal),
            "the second edition is not served");
        (await ReadAsync(server, "application/json")).Tag.ShouldNotBe(first.Tag);
    }

    [Fact]
    public async Task Last_good_description_stays_until_the_api_service_goes()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = await TestApiServer.StartAsync(new() { Time = clock });
        await using var extension = await ExtensionServer.StartAsync();
        extension.OpenApi2 = Document();
        await AggregationTests.RegisterAsync(server, extension);
        await AggregationTests.ConditionAsync(server, "True", "Passed", clock);
        extension.OpenApi2 = """{"swagger":"2.0","paths":{"/apis/metrics.k8s.io/v1beta1/nodes":{"get":{"$ref":"#/definitions/Nowhere"}}}}""";
        var asked = extension.Described.Count;
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(extension.Described.Count > asked + 1), "the extension was not asked again");
        (await HasPathAsync(server)).ShouldBeTrue();
        extension.IsBroken = true;
        clock.Advance(TimeSpan.FromSeconds(31));
        await AggregationTests.ConditionAsync(server, "False", "FailedDiscoveryCheck", clock);
        (await HasPathAsync(server)).ShouldBeTrue();
        await ApiCalls.To(server).DeleteAsync(Service);
        await server.SettledAsync();
        (await HasPathAsync(server)).ShouldBeFalse();
    }

    [Fact]
    public async Task Document_is_answered_with_not_modified_to_who_has_it()
    {
        await using var server = await TestApiServer.StartAsync();
        foreach (var type in new[] { "application/json", ProtobufType })
        {
            var (_, tag, _) = await ReadAsync(server, type);
            (await ReadAsync(server, type, tag)).Code.ShouldBe(HttpStatusCode.NotModified);
        }
    }

    private static async Task<bool> HasPathAsync(TestApiServer server) => (await ApiCalls.To(server).GetAsync("/openapi/v2"))["paths"]![Path] is not null;

    private static async Task<(byte[] Body, string Tag, HttpStatusCode Code)> ReadAsync(TestApiServer server, string type, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", type);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).SendAsync(request);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Headers.ETag!.ToString(), answer.StatusCode);
    }

    private static string Document(string text = "Metrics of a node.") => new JsonObject
    {
        ["swagger"] = "2.0",
        ["info"] = new JsonObject { ["title"] = "metrics" },
        ["paths"] = new JsonObject
        {
            [Path] = new JsonObject
            {
                ["get"] = new JsonObject
                {
                    ["operationId"] = "readNode",
                    ["responses"] = new JsonObject
                    {
                        ["200"] = new JsonObject { ["description"] = "OK", ["schema"] = new JsonObject { ["$ref"] = "#/definitions/NodeMetrics" } },
                        ["401"] = new JsonObject { ["description"] = "Unauthorized" },
                    },
                },
                ["parameters"] = new JsonArray(new JsonObject { ["$ref"] = "#/parameters/pretty-1" }),
            },
            ["/apis/other.io/v1/things"] = new JsonObject(),
        },
        ["definitions"] = new JsonObject
        {
            ["NodeMetrics"] = new JsonObject
            {
                ["description"] = text,
                ["type"] = "object",
                ["properties"] = new JsonObject { ["metadata"] = new JsonObject { ["$ref"] = $"#/definitions/{Meta}" } },
            },
            [Meta] = new JsonObject { ["description"] = "Another description.", ["type"] = "object" },
            ["Unused"] = new JsonObject(),
        },
        ["parameters"] = new JsonObject { ["pretty-1"] = new JsonObject { ["name"] = "pretty", ["in"] = "query", ["type"] = "string" } },
    }.ToJsonString();
}
