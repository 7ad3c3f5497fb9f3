using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.Api.Protobuf;

namespace Platform.ApiServer.Tests.Registry.Presentation;

/// <summary>The same objects in every encoding, from the real server.</summary>
public sealed class EncodingTests : IAsyncLifetime
{
    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Pretty_json_has_two_spaces_per_level_and_the_same_content()
    {
        await _api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap("one", value: "b<\\\"ü\\n"));
        var plain = await TextAsync(ApiCalls.ConfigMaps + "/one");
        var pretty = await TextAsync(ApiCalls.ConfigMaps + "/one?pretty=true");
        pretty.ShouldStartWith("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n  \"metadata\": {\n    \"name\": \"one\",");
        JsonNode.DeepEquals(JsonNode.Parse(pretty), JsonNode.Parse(plain)).ShouldBeTrue();
        var list = await TextAsync(ApiCalls.ConfigMaps + "?pretty=true");
        list.ShouldContain("\n  \"items\": [\n    {\n      \"apiVersion\": \"v1\",");
        JsonNode.DeepEquals(JsonNode.Parse(list), JsonNode.Parse(await TextAsync(ApiCalls.ConfigMaps))).ShouldBeTrue();
    }

    [Fact]
    public async Task Large_answers_are_compressed_for_clients_that_accept_it()
    {
        await _api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap("large", value: new string('x', 200_000)));
        foreach (var path in new[] { ApiCalls.ConfigMaps + "/large", ApiCalls.ConfigMaps, ApiCalls.ConfigMaps + "?pretty=1" })
        {
            var plain = await TextAsync(path);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            using var response = await _api.Http.SendAsync(request);
            response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
            response.Headers.Vary.ShouldContain("Accept-Encoding");
            await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
            using var reader = new StreamReader(unzipped, Encoding.UTF8);
            (await reader.ReadToEndAsync()).ShouldBe(plain);
        }
    }

    [Fact]
    public async Task Small_answers_are_not_compressed()
    {
        await _api.CreateConfigMapAsync("small");
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiCalls.ConfigMaps);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await _api.Http.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Content.Headers.ContentLength.ShouldNotBeNull();
    }

    [Fact]
    public async Task Writes_answer_in_the_shape_that_is_asked_for()
    {
        var (code, body) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("new"),
            accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        code.ShouldBe(HttpStatusCode.Created);
        ((string?)body["kind"]).ShouldBe("PartialObjectMetadata");
        body.ContainsKey("data").ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_changed_where_the_client_accepts_no_answer()
    {
        var (code, body) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("never"), accept: "image/png");
        code.ShouldBe(HttpStatusCode.NotAcceptable);
        ((string?)body["reason"]).ShouldBe("NotAcceptable");
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/never")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Yaml_has_the_same_content()
    {
        await _api.CreateConfigMapAsync("one", """{"a":"on"}""");
        foreach (var path in new[] { ApiCalls.ConfigMaps + "/one", ApiCalls.ConfigMaps, ApiCalls.ConfigMaps + "?labelSelector=none", "/api/v1/namespaces", "/api/v1" })
        {
            var (type, yaml) = await BytesAsync(path, "application/yaml");
            type.ShouldBe("application/yaml");
            JsonNode.DeepEquals(JsonNode.Parse(YamlJson.ToJson(yaml)), JsonNode.Parse(await TextAsync(path))).ShouldBeTrue(Encoding.UTF8.GetString(yaml));
        }
        var (_, refused) = await BytesAsync(ApiCalls.ConfigMaps + "?watch=true", "application/yaml");
        ((string?)JsonNode.Parse(YamlJson.ToJson(refused))!["message"]).ShouldBe(
            "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
    }

    [Fact]
    public async Task Protobuf_has_the_same_content()
    {
        await _api.CreateConfigMapAsync("one", """{"a":"b"}""");
        var (type, body) = await BytesAsync(ApiCalls.ConfigMaps + "/one", Protobuf + ",application/json");
        type.ShouldBe(Protobuf);
        JsonNode.DeepEquals(JsonNode.Parse(ProtobufJson.ToJson(body)), await _api.GetAsync(ApiCalls.ConfigMaps + "/one")).ShouldBeTrue();
        (_, body) = await BytesAsync(ApiCalls.ConfigMaps + "/none", Protobuf);
        ((string?)JsonNode.Parse(ProtobufJson.ToJson(body))!["reason"]).ShouldBe("NotFound");
        (_, body) = await BytesAsync(ApiCalls.ConfigMaps + "/one", Protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        ((string?)JsonNode.Parse(ProtobufJson.ToJson(body))!["kind"]).ShouldBe("PartialObjectMetadata");
    }

    [Theory]
    [InlineData(3, "")]
    [InlineData(40, "")]
    [InlineData(40, ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")]
    public async Task Lists_are_sent_as_protobuf(int count, string shape)
    {
        for (var i = 0; i < count; i++)
            await _api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap($"c{i:00}", """{"a":"b"}""", new string('x', 10_000)));
        var (type, body) = await BytesAsync(ApiCalls.ConfigMaps + "?limit=1000", Protobuf + shape);
        type.ShouldBe(Protobuf);
        var expected = await _api.GetAsync(ApiCalls.ConfigMaps, "application/json" + shape);
        var (kind, version, items) = ProtobufList.Read(body);
        kind.ShouldBe((string?)expected["kind"]);
        version.ShouldBe(ApiCalls.Version(expected));
        items.Count.ShouldBe(count);
        for (var i = 0; i < count; i++)
            JsonNode.DeepEquals(items[i], expected["items"]![i]).ShouldBeTrue(items[i].ToJsonString());
    }

    [Fact]
    public async Task Watches_are_sent_as_protobuf_frames()
    {
        await _api.CreateConfigMapAsync("before");
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiCalls.ConfigMaps + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=0");
        request.Headers.TryAddWithoutValidation("Accept", Protobuf + ";stream=watch," + Protobuf);
        using var response = await _api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(Protobuf);
        await _api.CreateConfigMapAsync("after");
        var events = ProtobufList.ReadEvents(await response.Content.ReadAsByteArrayAsync());
        events.Select(e => $"{e.Type} {e.Object["kind"]} {e.Object["metadata"]!["name"]}").ShouldBe(
            ["ADDED ConfigMap before", "ADDED ConfigMap after", "BOOKMARK ConfigMap "], ignoreOrder: false);
    }

    [Fact]
    public async Task Tables_are_not_sent_as_protobuf()
    {
        const string table = ";as=Table;g=meta.k8s.io;v=v1";
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps, accept: Protobuf + table)).Code.ShouldBe(HttpStatusCode.NotAcceptable);
        ((string?)(await _api.GetAsync(ApiCalls.ConfigMaps, $"{Protobuf}{table},application/json{table}"))["kind"]).ShouldBe("Table");
    }

    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    private async Task<(string? Type, byte[] Body)> BytesAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _api.Http.SendAsync(request);
        return (response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync());
    }

    private Task<string> TextAsync(string path) => _api.Http.GetStringAsync(path);
}
