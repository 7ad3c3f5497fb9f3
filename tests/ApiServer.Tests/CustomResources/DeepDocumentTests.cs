using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Api.Json;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>Objects as deep as the bound of nesting, and deeper, on every way that an object can take.</summary>
public sealed class DeepDocumentTests : IAsyncLifetime
{
    private const string Things = "/apis/example.com/v1/namespaces/default/things";
    private const string One = Things + "/one";
    private const string Merge = "application/merge-patch+json";
    private const string JsonPatch = "application/json-patch+json";
    private const string Apply = "application/apply-patch+yaml";

    /// <summary>Levels below the field: the object and its spec are two.</summary>
    private const int Deepest = JsonDepth.Object - 2;

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: things, singular: thing, kind: Thing}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                x-kubernetes-preserve-unknown-fields: true
                x-kubernetes-validations: [{rule: "!has(self.spec) || !has(self.spec.never)"}]
                properties:
                  spec: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {never: {type: string}, given: {type: string, default: x}}}
          - name: v2
            served: true
            storage: false
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """;

    private CustomResourceServer _server = null!;

    private ApiCalls Api => _server.Api;

    public async ValueTask InitializeAsync()
    {
        _server = await CustomResourceServer.StartAsync();
        await _server.DefineAsync(Definition);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_deepest_object_is_written_and_read_in_every_way(bool inLists)
    {
        await GoodAsync(HttpMethod.Post, Things, Thing(Nested(Deepest, inLists)));
        await GoodAsync(HttpMethod.Patch, One, $$$"""{"spec":{"deep":{{{Nested(Deepest, inLists, "2")}}}}}""", Merge);
        await GoodAsync(HttpMethod.Patch, One, $$$"""[{"op":"replace","path":"/spec/deep","value":{{{Nested(Deepest, inLists, "3")}}}}]""", JsonPatch);
        await GoodAsync(HttpMethod.Patch, One + "?fieldManager=me&force=true", Thing(Nested(Deepest, inLists, "4")), Apply);
        await GoodAsync(HttpMethod.Patch, One + "?fieldManager=me&force=true", Thing(Nested(Deepest, inLists, "5")), Apply);
        var stored = await TextAsync(HttpMethod.Get, One);
        await GoodAsync(HttpMethod.Put, One, stored.Replace("\"given\":\"x\"", "\"given\":\"y\"", StringComparison.Ordinal));
        foreach (var path in new[] { One, Things, One.Replace("/v1/", "/v2/", StringComparison.Ordinal), One + "?pretty=true" })
            await GoodAsync(HttpMethod.Get, path);
        foreach (var form in new[] { "application/json;as=Table;g=meta.k8s.io;v=v1", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "application/yaml" })
        {
            await GoodAsync(HttpMethod.Get, One, accept: form);
            await GoodAsync(HttpMethod.Get, One + "?includeObject=Object", accept: form);
        }

        await GoodAsync(HttpMethod.Get, One + "?history=true");
        await GoodAsync(HttpMethod.Post, One + "/undo", "");
        await using var watch = await WatchReader.OpenAsync(Api.Http, Things + "?watch=true&resourceVersion=0");
        await GoodAsync(HttpMethod.Delete, One);
    }

    [Theory]
    [InlineData(JsonDepth.Object - 1)]
    [InlineData(JsonDepth.Enclosed)]
    [InlineData(200_000)]
    public async Task What_is_deeper_is_a_bad_request(int depth)
    {
        await GoodAsync(HttpMethod.Post, Things, Thing("1"));
        var deep = Nested(depth, inLists: depth > JsonDepth.Enclosed);
        var two = Thing(deep).Replace("\"one\"", "\"two\"", StringComparison.Ordinal);
        await BadAsync(HttpMethod.Post, Things, two);
        await BadAsync(HttpMethod.Post, Things, two, "application/yaml");
        var version = ApiCalls.Version(await Api.GetAsync(One));
        await BadAsync(HttpMethod.Put, One, Thing(deep).Replace("\"one\"", $"\"one\",\"resourceVersion\":\"{version}\"", StringComparison.Ordinal));
        await BadAsync(HttpMethod.Patch, One, $$$"""{"spec":{"deep":{{{deep}}}}}""", Merge);
        await BadAsync(HttpMethod.Patch, One, $$$"""[{"op":"add","path":"/spec/deep","value":{{{deep}}}}]""", JsonPatch);
        await BadAsync(HttpMethod.Patch, One + "?fieldManager=me&force=true", Thing(deep), Apply);
        await BadAsync(HttpMethod.Post, One + "/undo", Nested(JsonDepth.Enclosed + depth, inLists: true));
        await BadAsync(HttpMethod.Post, ApiCalls.ConfigMaps, $$$"""{"metadata":{"name":"a"},"data":{{{Nested(JsonDepth.Enclosed + depth, inLists: true)}}}}""");
    }

    [Fact]
    public async Task Operations_cannot_put_an_object_into_itself_for_ever()
    {
        await GoodAsync(HttpMethod.Post, Things, Thing("{}"));
        var doubling = string.Join(',', Enumerable.Range(0, JsonDepth.Enclosed).Select(_ => """{"op":"copy","from":"/spec","path":"/spec/deep"}"""));
        await RefusedAsync($"[{doubling}]");
        var deep = Nested(Deepest - 10, inLists: false);
        var at = string.Concat(Enumerable.Repeat("/a", Deepest - 11));
        await RefusedAsync($$$"""[{"op":"add","path":"/spec/deep","value":{{{deep}}}},{"op":"replace","path":"/spec/deep{{{at}}}","value":{{{deep}}}}]""");

        async Task RefusedAsync(string patch)
        {
            var (code, text) = await SendAsync(HttpMethod.Patch, One, patch, JsonPatch);
            code.ShouldBe(HttpStatusCode.UnprocessableEntity, Start(text));
            text.ShouldContain(JsonDepth.Exceeded);
        }
    }

    [Fact]
    public async Task A_deep_and_wide_object_is_not_written_as_YAML_without_end()
    {
        await GoodAsync(HttpMethod.Post, Things, Thing(Nested(Deepest - 1, inLists: true, string.Join(',', Enumerable.Repeat(1, 200_000)))));
        var (code, text) = await SendAsync(HttpMethod.Get, One, accept: "application/yaml");
        code.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("too large to be written as YAML");
    }

    [Fact]
    public async Task A_deep_YAML_body_is_read_too()
    {
        var yaml = new StringBuilder("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: one}\nspec:\n");
        for (var i = 1; i < Deepest; i++)
            yaml.Append(' ', i).Append("a:\n");
        yaml.Append(' ', Deepest).Append("a: 1\n");
        await GoodAsync(HttpMethod.Post, Things, yaml.ToString(), "application/yaml");
    }

    private static string Nested(int depth, bool inLists, string leaf = "1") => inLists
        ? new string('[', depth) + leaf + new string(']', depth)
        : new StringBuilder().Insert(0, "{\"a\":", depth).Append(leaf).Append('}', depth).ToString();

    private static string Thing(string deep) =>
        $$$"""{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"one"},"spec":{"deep":{{{deep}}}}}""";

    private static string Start(string text) => text[..Math.Min(text.Length, 2_000)];

    private async Task GoodAsync(HttpMethod method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        var (code, text) = await SendAsync(method, path, body, type, accept);
        ((int)code).ShouldBeInRange(200, 299, $"{method} {path} {type} {accept}: {Start(text)}");
        if (accept != "application/yaml")
            JsonDocument.Parse(text, new() { MaxDepth = 2 * JsonDepth.Enclosed }).Dispose();
    }

    private async Task BadAsync(HttpMethod method, string path, string body, string type = "application/json")
    {
        var (code, text) = await SendAsync(method, path, body, type);
        code.ShouldBe(HttpStatusCode.BadRequest, $"{method} {path} {type}: {Start(text)}");
        text.ShouldContain(JsonDepth.Exceeded, customMessage: $"{method} {path} {type}");
    }

    private async Task<string> TextAsync(HttpMethod method, string path) => (await SendAsync(method, path)).Text;

    private async Task<(HttpStatusCode Code, string Text)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(type) } };
        using var response = await Api.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
