using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry;

public sealed class BadInputTests : IAsyncLifetime
{
    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("{\"metadata\":{\"name\":\"a\"", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"metadata\":{\"name\":\"a\"},\"data\":{\"v\":1}}", 400)]
    [InlineData("{\"metadata\":null}", 422)]
    [InlineData("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}", 400)]
    [InlineData("{\"apiVersion\":\"v2\",\"metadata\":{\"name\":\"a\"}}", 400)]
    [InlineData("{\"metadata\":{\"name\":\"..\"}}", 422)]
    [InlineData("{\"metadata\":{\"name\":\"a/b\"}}", 422)]
    [InlineData("{\"metadata\":{\"name\":\"Upper\"}}", 422)]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}", 400)]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"5\"}}", 400)]
    public async Task A_body_that_is_wrong_gets_a_Status(string body, int code)
    {
        var (answer, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, body);
        ((int)answer).ShouldBe(code, status.ToJsonString());
        ((string)status["kind"]!).ShouldBe("Status");
    }

    [Theory]
    [InlineData("Bad_", "metadata.generateName metadata.name")]
    [InlineData("ends-in-a-dash-", "")]
    [InlineData("-", "metadata.generateName metadata.name")]
    public async Task A_prefix_of_names_is_checked_as_such(string prefix, string fields)
    {
        var (_, answer) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, $$$"""{"metadata":{"generateName":"{{{prefix}}}"}}""");
        string.Join(' ', (answer["details"]?["causes"]?.AsArray() ?? []).Select(c => (string)c!["field"]!)).ShouldBe(fields, answer.ToJsonString());
    }

    [Fact]
    public async Task A_huge_body_is_413()
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a", value: new string('x', 3 * 1024 * 1024)));
        code.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((string)status["reason"]!).ShouldBe("RequestEntityTooLarge");
    }

    [Fact]
    public async Task An_unknown_content_type_is_415() =>
        (await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, "x", "text/plain")).Code.ShouldBe(HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData("PUT", ApiCalls.ConfigMaps)]
    [InlineData("POST", ApiCalls.ConfigMaps + "/a")]
    [InlineData("POST", "/api/v1/configmaps")]
    [InlineData("OPTIONS", ApiCalls.ConfigMaps)]
    [InlineData("POST", "/api/v1/watch/configmaps")]
    [InlineData("POST", ApiCalls.ConfigMaps + "/a/undo?", false)]
    [InlineData("GET", "/api/v1/namespaces/default/pods/a/binding")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/a/log")]
    [InlineData("GET", "/api/v1/namespaces/default/bindings")]
    [InlineData("POST", "/api/v1/componentstatuses")]
    [InlineData("GET", "/apis/authorization.k8s.io/v1/subjectaccessreviews")]
    [InlineData("GET", "/api/v1/namespaces/default/serviceaccounts/default/token")]
    [InlineData("POST", "/apis/apps/v1")]
    [InlineData("POST", "/apis/apps")]
    [InlineData("POST", "/api")]
    [InlineData("DELETE", "/version")]
    public async Task A_method_that_the_path_lacks_is_405_as_upstreams_router_says_it(string method, string path, bool lacks = true)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}") };
        using var response = await _api.Http.SendAsync(request);
        (response.StatusCode == HttpStatusCode.MethodNotAllowed).ShouldBe(lacks);
        if (!lacks)
            return;
        // The router would set the header, but the handler of its errors does not pass it on.
        response.Content.Headers.Allow.ShouldBeEmpty();
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        status.ToJsonString().ShouldBe("""{"apiVersion":"v1","kind":"Status","metadata":{},"status":"Failure","""
            + "\"message\":\"the server does not allow this method on the requested resource\",\"reason\":\"MethodNotAllowed\",\"details\":{},\"code\":405}");
    }

    [Fact]
    public async Task An_unknown_resource_is_404() =>
        (await _api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/widgets")).Code.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task An_update_without_a_name_is_told_which_one_the_URL_has()
    {
        await _api.CreateConfigMapAsync("a");
        var (code, status) = await _api.SendAsync(HttpMethod.Put, ApiCalls.ConfigMaps + "/a", """{"metadata":{}}""");
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldBe("the name of the object (a based on URL) was undeterminable: name must be provided");
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"b"}}""", "the name of the object (b) does not match the name on the URL (missing)")]
    [InlineData("""{"metadata":{"name":"missing","namespace":"other"}}""", "the namespace of the provided object does not match the namespace sent on the request")]
    public async Task An_update_of_another_object_is_refused_whether_the_one_in_the_URL_exists_or_not(string body, string message)
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Put, ApiCalls.ConfigMaps + "/missing", body);
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldBe(message);
    }

    [Fact]
    public async Task A_map_that_is_too_large_as_a_whole_is_told_so_without_a_field()
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, $$$"""{"metadata":{"name":"a"},"data":{"x":"{{{new string('x', (1 << 20) + 1)}}}"}}""");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)status["message"]!).ShouldBe("ConfigMap \"a\" is invalid: []: Too long: may not be more than 1048576 bytes");
    }

    [Theory]
    [InlineData("application/strategic-merge-patch+json", """{"data":{"x":"1","x":"2"}}""", "duplicate field \"data.x\"")]
    [InlineData("application/merge-patch+json", """{"data":{"x":"1","x":"2"}}""", "duplicate field \"data.x\"")]
    [InlineData("application/json-patch+json", """[{"op":"add","op":"add","path":"/data","value":{"x":"1"},"x":1}]""",
        "json patch duplicate field \"[0].op\", json patch unknown field \"[0].x\"")]
    public async Task What_a_patch_repeats_or_does_not_know_is_warned_of_or_refused(string type, string patch, string findings)
    {
        await _api.CreateConfigMapAsync("a");
        var (code, status) = await _api.SendAsync(HttpMethod.Patch, ApiCalls.ConfigMaps + "/a?fieldValidation=Strict", patch, type);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)status["message"]!).ShouldEndWith(": strict decoding error: " + findings);
        using var content = new StringContent(patch, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        using var warned = await _api.Http.PatchAsync(ApiCalls.ConfigMaps + "/a", content);
        warned.StatusCode.ShouldBe(HttpStatusCode.OK);
        string.Join(", ", warned.Headers.Warning.Select(w => w.Text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal))).ShouldBe(findings);
    }

    [Fact]
    public async Task What_was_to_be_warned_of_is_told_with_a_refusal_too()
    {
        using var content = new StringContent("""{"metadata":{"name":"Upper"},"colour":"red"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _api.Http.PostAsync(ApiCalls.ConfigMaps, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Headers.GetValues("Warning").ShouldBe(["299 - \"unknown field \\\"colour\\\"\""]);
    }

    [Fact]
    public async Task Unknown_fields_warn_or_refuse_as_the_client_chooses()
    {
        const string Body = """{"metadata":{"name":"a"},"extra":1}""";
        var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps + "?fieldValidation=Strict", Body);
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldContain("unknown field \"extra\"");
        using var warned = await _api.Http.PostAsync(ApiCalls.ConfigMaps, new StringContent(Body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        warned.StatusCode.ShouldBe(HttpStatusCode.Created);
        warned.Headers.Warning.ShouldHaveSingleItem().Text.ShouldContain("unknown field");
    }

    [Theory]
    [InlineData("a: [b\nc: d: e")]
    [InlineData("a: {b")]
    [InlineData("\"unfinished")]
    public async Task Broken_YAML_is_400(string yaml) =>
        (await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, yaml, "application/yaml")).Code.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_wrong_type_is_told_without_the_names_of_the_servers_own_types()
    {
        var nested = new string('[', 10_000) + new string(']', 10_000);
        foreach (var body in new[] { $$"""{"metadata":{"name":"deep"},"data":{{nested}}}""", """{"metadata":{"name":7}}""" })
        {
            var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, body);
            code.ShouldBe(HttpStatusCode.BadRequest);
            ((string)status["message"]!).ShouldNotContain("System.");
        }

        var (refused, options) = await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a", """{"gracePeriodSeconds":"x"}""");
        refused.ShouldBe(HttpStatusCode.BadRequest);
        ((string)options["message"]!).ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("?limit=abc")]
    [InlineData("?watch=true&timeoutSeconds=abc")]
    public async Task A_number_that_is_none_is_400(string query) =>
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + query)).Code.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_root_lists_the_paths_there_are() =>
        (await _api.GetAsync("/"))["paths"]!.AsArray().Select(p => (string)p!).ShouldContain("/apis/apps/v1");

    [Fact]
    public async Task A_namespace_that_is_not_there_is_404() =>
        (await _api.SendAsync(HttpMethod.Post, "/api/v1/namespaces/nowhere/configmaps", ApiCalls.ConfigMap("a"))).Code.ShouldBe(HttpStatusCode.NotFound);
}
