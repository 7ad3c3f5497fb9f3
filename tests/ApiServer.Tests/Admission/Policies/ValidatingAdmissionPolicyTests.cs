using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Admission.Policies;

/// <summary>https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/</summary>
public sealed class ValidatingAdmissionPolicyTests
{
    private const string Group = "/apis/admissionregistration.k8s.io/v1/";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Denied_request_is_told_policy_binding_and_message()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Policy(calls, """{"validations":[{"expression":"object.data.size == 'small'","message":"only small ones"}]}""");
        await Binding(calls);
        await server.SettledAsync();
        var denied = await Post(calls, ConfigMaps, ConfigMap("a", "large"));
        ((int)denied["code"]!).ShouldBe(422);
        ((string?)denied["reason"]).ShouldBe("Invalid");
        ((string?)denied["message"]).ShouldBe(
            "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: only small ones");
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "small")))["kind"]).ShouldBe("ConfigMap");
    }

    [Theory]
    [InlineData("""{"validations":[{"expression":" object.data.size == 'small' "}]}""", "failed expression: object.data.size == 'small'")]
    [InlineData("""{"validations":[{"expression":"false","messageExpression":"'no ' + object.data.size + ' ones'"}]}""", "no large ones")]
    [InlineData("""{"validations":[{"expression":"false","messageExpression":"string(object.data.missing)","message":"m"}]}""", "m")]
    [InlineData("""{"variables":[{"name":"s","expression":"object.data.size"},{"name":"t","expression":"variables.s + '!'"}],"validations":["""
        + """{"expression":"variables.t == 'small!'","messageExpression":"variables.t"}]}""", "large!")]
    [InlineData("""{"validations":[{"expression":"object.data.missing == 'x'"}]}""", "expression 'object.data.missing == 'x'' resulted in error: no such key: missing")]
    [InlineData("""{"matchConditions":[{"name":"c","expression":"object.data.nothing == 'x'"}],"validations":[{"expression":"true"}]}""",
        "expression 'object.data.nothing == 'x'' resulted in error: no such key: nothing")]
    [InlineData("""{"validations":[{"expression":"namespaceObject.metadata.name != 'default' || request.operation != 'CREATE' || oldObject != null"}]}""", null)]
    [InlineData("""{"validations":[{"expression":"!authorizer.group('').resource('configmaps').namespace('default').check('create').allowed()","message":"may"}]}""", "may")]
    [InlineData("""{"validations":[{"expression":"!authorizer.requestResource.check('create').allowed()","message":"may"}]}""", "may")]
    [InlineData("""{"validations":[{"expression":"request.userInfo.username != 'kubernetes-admin'","message":"him"}]}""", "him")]
    [InlineData("""{"validations":[{"expression":"quantity('1Gi').isLessThan(quantity('1G'))","message":"q"}]}""", "q")]
    public async Task Message_says_what_was_not_met(string spec, string? message)
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Policy(calls, spec);
        await Binding(calls);
        await server.SettledAsync();
        var denied = await Post(calls, ConfigMaps, ConfigMap("a", "large"));
        ((string?)denied["message"])!.ShouldContain("with binding 'b' denied request: " + (message ?? "failed expression: namespaceObject"));
    }

    [Theory]
    [InlineData("""{"matchConditions":[{"name":"c","expression":"object.data.size == 'tiny'"}],"validations":[{"expression":"false"}]}""")]
    [InlineData("""{"failurePolicy":"Ignore","validations":[{"expression":"object.data.missing == 'x'"}]}""")]
    [InlineData("""{"matchConstraints":{"resourceRules":["""
        + """{"apiGroups":[""],"apiVersions":["v1"],"operations":["UPDATE"],"resources":["configmaps"]}]},"validations":[{"expression":"false"}]}""")]
    [InlineData("""{"matchConstraints":{"resourceRules":["""
        + """{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"],"resourceNames":["other"]}]},"validations":[{"expression":"false"}]}""")]
    [InlineData("""{"matchConstraints":{"objectSelector":{"matchLabels":{"a":"b"}},"resourceRules":["""
        + """{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["*"]}]},"validations":[{"expression":"false"}]}""")]
    [InlineData("""{"matchConstraints":{"namespaceSelector":{"matchLabels":{"a":"b"}},"resourceRules":["""
        + """{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["*"]}]},"validations":[{"expression":"false"}]}""")]
    [InlineData("""{"matchConstraints":{"resourceRules":[{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["*"]}],"excludeResourceRules":["""
        + """{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"]}]},"validations":[{"expression":"false"}]}""")]
    public async Task Request_passes_that_is_not_meant(string spec)
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Policy(calls, spec);
        await Binding(calls);
        await server.SettledAsync();
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "large")))["kind"]).ShouldBe("ConfigMap");
    }

    [Fact]
    public async Task Parameters_come_from_the_objects_that_the_binding_names_or_selects()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Post(calls, ConfigMaps, """{"metadata":{"name":"limits","labels":{"role":"limits"}},"data":{"size":"small"}}""");
        await Policy(calls, """
            {"paramKind":{"apiVersion":"v1","kind":"ConfigMap"},
            "validations":[{"expression":"object.data.size == params.data.size","messageExpression":"'not ' + params.data.size"}]}
            """);
        await Binding(calls, "Deny", """{"name":"limits","parameterNotFoundAction":"Deny"}""");
        await server.SettledAsync();
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "large")))["message"])!.ShouldEndWith("denied request: not small");
        await Binding(calls, "Deny", """{"selector":{"matchLabels":{"role":"limits"}},"parameterNotFoundAction":"Deny"}""");
        await server.SettledAsync();
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "large")))["message"])!.ShouldEndWith("denied request: not small");
        await Binding(calls, "Deny", """{"name":"none","parameterNotFoundAction":"Deny"}""");
        await server.SettledAsync();
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "large")))["message"])!.ShouldEndWith(
            "denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction");
        await Binding(calls, "Deny", """{"name":"none","parameterNotFoundAction":"Allow"}""");
        await server.SettledAsync();
        ((string?)(await Post(calls, ConfigMaps, ConfigMap("a", "large")))["kind"]).ShouldBe("ConfigMap");
    }

    [Fact]
    public async Task Action_warn_lets_the_request_pass_with_a_warning()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Policy(calls, """{"validations":[{"expression":"object.data.size == 'small'","message":"only small ones"}]}""");
        await Binding(calls, "Warn");
        await server.SettledAsync();
        using var answer = await calls.PostAsync(ConfigMaps, Json(ConfigMap("a", "large")), CancellationToken.None);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.GetValues("Warning").Single().ShouldContain(
            "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': only small ones");
    }

    [Fact]
    public async Task Reason_of_a_validation_decides_the_status()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = server.ClientFor(ComponentIdentity.Administrator);
        await Policy(calls, """{"validations":[{"expression":"oldObject == null","reason":"Forbidden"}]}""");
        await Binding(calls);
        await server.SettledAsync();
        await Post(calls, ConfigMaps, ConfigMap("a", "large"));
        using var answer = await calls.DeleteAsync(ConfigMaps + "/a", CancellationToken.None);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"validations":[{"expression":"nothing == 1"}]}""", "spec.validations[0].expression",
        "Invalid value: \"nothing == 1\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'nothing' (in container '')\n | nothing == 1\n | ^")]
    [InlineData("""{"validations":[{"expression":"1 + 1"}]}""", "spec.validations[0].expression", "Invalid value: \"1 + 1\": must evaluate to bool but got int")]
    [InlineData("""{"validations":[{"expression":"true","messageExpression":"1"}]}""", "spec.validations[0].messageExpression",
        "Invalid value: \"1\": must evaluate to string but got int")]
    [InlineData("""{"validations":[{"expression":"params == null"}]}""", "spec.validations[0].expression", "undeclared reference to 'params'")]
    [InlineData("""{"variables":[{"name":"a","expression":"variables.b"},{"name":"b","expression":"1"}],"validations":[{"expression":"true"}]}""",
        "spec.variables[0].expression", "undefined field 'b'")]
    [InlineData("""{"auditAnnotations":[{"key":"k","valueExpression":"1"}]}""", "spec.auditAnnotations[0].valueExpression",
        "must evaluate to one of [string null_type] but got int")]
    public async Task Policy_with_a_wrong_expression_is_refused(string spec, string field, string message)
    {
        await using var server = await TestApiServer.StartAsync();
        var answer = await Put(server.ClientFor(ComponentIdentity.Administrator), spec);
        ((int?)answer["code"]).ShouldBe(422, answer.ToJsonString());
        var cause = answer["details"]!["causes"]!.AsArray().Single()!;
        ((string?)cause["field"]).ShouldBe(field);
        ((string?)cause["message"])!.ShouldContain(message);
    }

    private static async Task Policy(HttpClient calls, string spec)
    {
        var made = await Put(calls, spec);
        ((string?)made["kind"]).ShouldBe("ValidatingAdmissionPolicy", made.ToJsonString());
    }

    private static Task<JsonNode> Put(HttpClient calls, string spec)
    {
        var document = JsonNode.Parse(spec)!;
        document["matchConstraints"] ??= JsonNode.Parse(
            """{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE","UPDATE","DELETE"],"resources":["configmaps"]}]}""");
        return Post(calls, Group + "validatingadmissionpolicies", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "p" }, ["spec"] = document }.ToJsonString());
    }

    private static async Task Binding(HttpClient calls, string action = "Deny", string parameters = "")
    {
        await calls.DeleteAsync(Group + "validatingadmissionpolicybindings/b", CancellationToken.None);
        var spec = new JsonObject { ["policyName"] = "p", ["validationActions"] = new JsonArray(action) };
        if (parameters.Length > 0)
            spec["paramRef"] = JsonNode.Parse(parameters);
        var made = await Post(calls, Group + "validatingadmissionpolicybindings",
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = "b" }, ["spec"] = spec }.ToJsonString());
        ((string?)made["kind"]).ShouldBe("ValidatingAdmissionPolicyBinding", made.ToJsonString());
    }

    private static string ConfigMap(string name, string size) => $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"size":"{{{size}}}"}}""";

    private static async Task<JsonNode> Post(HttpClient calls, string path, string body)
    {
        using var answer = await calls.PostAsync(path, Json(body), CancellationToken.None);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
