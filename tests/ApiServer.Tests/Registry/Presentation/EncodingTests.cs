using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Testing;

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
        var (code, body) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("new"), accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
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

    private Task<string> TextAsync(string path) => _api.Http.GetStringAsync(path);
}
