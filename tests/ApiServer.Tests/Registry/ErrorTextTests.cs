using System.Text;

namespace Platform.ApiServer.Tests.Registry;

/// <summary>What clients read of what they sent wrongly: upstream's words, which are mostly those of Go's libraries, and none of ours.</summary>
public sealed class ErrorTextTests : IAsyncLifetime
{
    private const string Map = ApiCalls.ConfigMaps + "/a";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";
    private const string JsonPatch = "application/json-patch+json";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Apply = "application/apply-patch+yaml";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string Unrecognized = "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: ";
    private const string Unfit = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: ";

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
        await _api.CreateConfigMapAsync("a");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", Unrecognized + "unexpected end of JSON input (<empty>)")]
    [InlineData("x", Unrecognized + "invalid character 'x' looking for beginning of value (78)")]
    [InlineData("{\"a\":1,}", Unrecognized + "invalid character '}' looking for beginning of object key string ({\"a\":1,})")]
    [InlineData("{\"metadata\":{\"name\":\"a\"}", Unrecognized + "unexpected end of JSON input ({\"metadata\":{\"name\":\"a\"})")]
    [InlineData("{\"metadata\":{\"name\":\"a\"}} and something more", Unrecognized
        + "invalid character 'a' after top-level value ({\"metadata\":{\"name\":\"a\"}} and  ...)")]
    [InlineData("[]", Unrecognized + "json: cannot unmarshal array into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
        + "Kind string \"json:\\\"kind,omitempty\\\"\" } (5b5d)")]
    [InlineData("{\"kind\":7}", Unrecognized + "json: cannot unmarshal number into Go struct field .kind of type string ({\"kind\":7})")]
    [InlineData("{\"metadata\":{\"name\":7}}", Unfit + "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string")]
    [InlineData("{\"metadata\":[]}", Unfit + "json: cannot unmarshal array into Go struct field ConfigMap.metadata of type v1.ObjectMeta")]
    [InlineData("{\"binaryData\":{\"a\":\"?\"}}", Unfit + "illegal base64 data at input byte 0")]
    [InlineData("{\"immutable\":\"x\"}", Unfit + "json: cannot unmarshal string into Go struct field ConfigMap.immutable of type bool")]
    [InlineData("{\"metadata\":{\"creationTimestamp\":5}}", Unfit + "json: cannot unmarshal number into Go value of type string")]
    [InlineData("{\"metadata\":{\"creationTimestamp\":\"2020-13-01T00:00:00Z\"}}", Unfit + "parsing time \"2020-13-01T00:00:00Z\": month out of range")]
    [InlineData("{\"metadata\":{\"creationTimestamp\":\"2020-12-01\"}}", Unfit
        + "parsing time \"2020-12-01\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\"")]
    [InlineData("{\"metadata\":{\"generation\":99999999999999999999}}", Unfit
        + "json: cannot unmarshal number 99999999999999999999 into Go struct field ObjectMeta.metadata.generation of type int64")]
    public async Task Of_a_body(string body, string message) => await ToldAsync(HttpMethod.Post, ApiCalls.ConfigMaps, Json, body, 400, message);

    [Theory]
    [InlineData("a: b: c", "yaml: mapping values are not allowed in this context (613a20623a2063)")]
    [InlineData("a: b\n  c: d", "yaml: line 2: mapping values are not allowed in this context (613a20620a2020633a2064)")]
    [InlineData("a: *x", "yaml: unknown anchor 'x' referenced (613a202a78)")]
    [InlineData("a: .inf", "json: unsupported value: +Inf (613a202e696e66)")]
    public async Task Of_YAML(string body, string reason) =>
        await ToldAsync(HttpMethod.Post, ApiCalls.ConfigMaps, Yaml, body, 400, "the object provided is unrecognized (must be of type ConfigMap): " + reason);

    [Theory]
    [InlineData("xyz", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (78797a)")]
    [InlineData("k8s\0\u000a\u007f", "unexpected EOF (6b3873000a7f)")]
    public async Task Of_protobuf(string body, string reason) =>
        await ToldAsync(HttpMethod.Post, ApiCalls.ConfigMaps, Protobuf, body, 400, "the object provided is unrecognized (must be of type ConfigMap): " + reason);

    [Theory]
    [InlineData(JsonPatch, "x", "error decoding patch: invalid character 'x' looking for beginning of value")]
    [InlineData(JsonPatch, "{}", "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    [InlineData(Merge, "", "error decoding patch: unexpected end of JSON input")]
    [InlineData(Merge, "[]", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData(Strategic, "{\"a\":01}", "invalid character '1' after object key:value pair")]
    [InlineData(Strategic, "\"x\"", "json: cannot unmarshal string into Go value of type map[string]interface {}")]
    [InlineData(Apply, "{\"a\" 1", "error decoding YAML: error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'")]
    [InlineData(Apply, "[]", "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    public async Task Of_a_patch(string type, string body, string message) => await ToldAsync(HttpMethod.Patch, Map + "?fieldManager=me", type, body, 400, message);

    [Theory]
    [InlineData(Strategic, "{\"data\":{\"v\":1}}",
        " \"\" is invalid: patch: Invalid value: \"map[data:map[v:1]]\": json: cannot unmarshal number into Go struct field ConfigMap.data.v of type string")]
    [InlineData(JsonPatch, "[{\"op\":\"replace\",\"path\":\"/data\",\"value\":7}]", "json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string")]
    [InlineData(Merge, "{\"immutable\":\"x\"}", "json: cannot unmarshal string into Go struct field ConfigMap.immutable of type bool")]
    public async Task Of_what_a_patch_makes_of_an_object(string type, string body, string message)
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Patch, Map, body, type);
        ((int)code).ShouldBe(422);
        ((string)status["message"]!).ShouldStartWith(" \"\" is invalid: patch: Invalid value: \"");
        ((string)status["message"]!).ShouldEndWith(message);
    }

    [Theory]
    [InlineData("?limit=x", "strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("?limit=", "strconv.ParseInt: parsing \"\": invalid syntax")]
    [InlineData("?timeoutSeconds=99999999999999999999", "strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    [InlineData("?resourceVersion=x", "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax")]
    [InlineData("?continue=ab!d", "invalid continue token: continue key is not valid: illegal base64 data at input byte 2")]
    [InlineData("?continue=eHg", "invalid continue token: continue key is not valid: invalid character 'x' looking for beginning of value")]
    public async Task Of_a_query(string query, string message) => await ToldAsync(HttpMethod.Get, ApiCalls.ConfigMaps + query, Json, null, 400, message);

    [Theory]
    [InlineData("x", "the object provided is unrecognized (must be of type DeleteOptions): couldn't get version/kind; json parse error: "
        + "invalid character 'x' looking for beginning of value (78)")]
    [InlineData("{\"gracePeriodSeconds\":\"x\"}", "DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: "
        + "json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64")]
    public async Task Of_options(string body, string message) => await ToldAsync(HttpMethod.Delete, Map, Json, body, 400, message);

    [Theory]
    [InlineData("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "SelfSubjectAccessReview")]
    [InlineData("/api/v1/namespaces/default/serviceaccounts/default/token", "TokenRequest")]
    public async Task Of_what_is_only_asked(string path, string kind) => await ToldAsync(HttpMethod.Post, path, Json, "{", 400,
        $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: unexpected end of JSON input ({{)");

    [Theory]
    [InlineData("\"replicas\":3000000000", "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("\"strategy\":{\"rollingUpdate\":{\"maxSurge\":true}}", "json: cannot unmarshal bool into Go value of type int32")]
    [InlineData("\"template\":{\"spec\":{\"overhead\":{\"cpu\":\"x\"}}}",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("\"template\":{\"spec\":{\"overhead\":{\"cpu\":{}}}}",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    public async Task Of_a_field(string spec, string reason) => await ToldAsync(HttpMethod.Post, Deployments, Json, $$$"""{"spec":{{{{spec}}}}}""", 400,
        "Deployment in version \"v1\" cannot be handled as a Deployment: " + reason);

    private async Task ToldAsync(HttpMethod method, string path, string type, string? body, int code, string message)
    {
        var (answer, status) = await _api.SendAsync(method, path, body, type);
        ((string)status["message"]!).ShouldBe(message);
        ((int)answer).ShouldBe(code);
    }
}
